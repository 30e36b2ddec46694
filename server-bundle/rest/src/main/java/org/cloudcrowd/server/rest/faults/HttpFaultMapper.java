package org.cloudcrowd.server.rest.faults;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.net.HttpURLConnection;

/** Requests that Jersey itself refuses: no such path, method or media type. */
public final class HttpFaultMapper implements ExceptionMapper<WebApplicationException> {
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
    return switch (e.getResponse().getStatus()) {
      case HttpURLConnection.HTTP_BAD_REQUEST ->
          "the path, the query or the form cannot be decoded; a % stands before two hexadecimal"
              + " digits";
      case HttpURLConnection.HTTP_NOT_FOUND ->
          "there is nothing at " + path + "; the API is described at /openapi.json";
      case HttpURLConnection.HTTP_BAD_METHOD ->
          path + " does not take " + request.getMethod() + "; it takes " + allow.replace(",", ", ");
      case HttpURLConnection.HTTP_NOT_ACCEPTABLE ->
          path + " has no answer in " + headers.getHeaderString(HttpHeaders.ACCEPT);
      case HttpURLConnection.HTTP_UNSUPPORTED_TYPE ->
          path
              + " does not take a body of the type "
              + headers.getHeaderString(HttpHeaders.CONTENT_TYPE)
              + "; the type of JSON is application/json";
      default ->
          "the request cannot be answered: " + e.getResponse().getStatusInfo().getReasonPhrase();
    };
  }
}
