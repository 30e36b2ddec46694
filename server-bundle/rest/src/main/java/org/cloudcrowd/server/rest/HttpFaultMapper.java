package org.cloudcrowd.server.rest;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** What Jersey itself refuses: no such path, method or media type. */
final class HttpFaultMapper implements ExceptionMapper<WebApplicationException> {
  @Override
  public Response toResponse(WebApplicationException e) {
    var status = e.getResponse().getStatusInfo();
    var problem =
        Problems.of(status.getStatusCode(), status.getReasonPhrase(), e.getMessage(), null);
    var allow = e.getResponse().getHeaderString("Allow");
    return allow == null ? problem : Response.fromResponse(problem).header("Allow", allow).build();
  }
}
