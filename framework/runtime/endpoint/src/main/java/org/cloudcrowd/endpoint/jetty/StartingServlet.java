package org.cloudcrowd.endpoint.jetty;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardTarget;

/**
 * Answers 503 where an endpoint has no other servlet for a path: those of its role are not
 * registered yet, or not any more.
 */
@Component(service = Servlet.class)
@HttpWhiteboardContextSelect("(osgi.http.whiteboard.context.name=cloudcrowd)")
@HttpWhiteboardServletPattern("/")
@HttpWhiteboardTarget("(org.apache.felix.http.name=*)")
public final class StartingServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setHeader("Retry-After", Unavailable.RETRY_AFTER_SECONDS);
    response.setContentType(Unavailable.MEDIA_TYPE);
    response.getOutputStream().write(Unavailable.problem());
  }
}
