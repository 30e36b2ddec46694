package org.cloudcrowd.server.rest;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;

/** What Jersey itself refuses: no such path, method or media type. */
final class HttpFaultMapper implements ExceptionMapper<WebApplicationException> {
  @Context private UriInfo uri;
  @Context private Request request;
  @Context private HttpHeaders headers;

  @Override
  public Response toResponse(WebApplicationException e) {
    var status = e.getResponse().getStatusInfo();
    var allow = e.getResponse().getHeaderString(HttpHeaders.ALLOW);
    var problem =
        Problems.of(status.getStatusCode(), status.getReasonPhrase(), detail(e, allow), null);
    return allow == null
        ? problem
        : Response.fromResponse(problem).header(HttpHeaders.ALLOW, allow).build();
  }

  private String detail(WebApplicationException e, String allow) {
    var path = "/" + uri.getPath();
    return switch (Response.Status.fromStatusCode(e.getResponse().getStatus())) {
      case NOT_FOUND -> "there is nothing at " + path + "; the API is described at /openapi.json";
      case METHOD_NOT_ALLOWED ->
          path + " does not take " + request.getMethod() + "; it takes " + allow.replace(",", ", ");
      case NOT_ACCEPTABLE ->
          path + " has no answer in " + headers.getHeaderString(HttpHeaders.ACCEPT);
      case UNSUPPORTED_MEDIA_TYPE ->
          path
              + " does not take a body of the type "
              + headers.getHeaderString(HttpHeaders.CONTENT_TYPE)
              + "; the type of JSON is application/json";
      default ->
          "the path, the query or the form cannot be decoded; a % stands before two hexadecimal"
              + " digits";
    };
  }
}
