package org.cloudcrowd.endpoint.jetty;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers requests that Jetty itself refuses, for example with an invalid URI or with too large
 * headers, by a problem instead of a page of HTML.
 */
final class ProblemErrors extends ErrorHandler {
  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      String message,
      Throwable cause,
      Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Unavailable.MEDIA_TYPE);
    response.write(true, ByteBuffer.wrap(problem(code, message)), callback);
  }

  private static byte[] problem(int code, String message) {
    var title = HttpStatus.getMessage(code);
    var detail = message == null ? title : message.replaceAll("[^ -~]|[\"\\\\]", "?");
    return ("{\"type\":\"about:blank\",\"title\":\""
            + title
            + "\",\"status\":"
            + code
            + ",\"detail\":\""
            + detail
            + "\"}")
        .getBytes(StandardCharsets.UTF_8);
  }
}
