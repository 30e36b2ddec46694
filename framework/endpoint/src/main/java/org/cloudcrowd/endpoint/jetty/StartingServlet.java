package org.cloudcrowd.endpoint.jetty;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardTarget;

/**
 * Answers for the server while its resources are not there yet, or not any more: 503, where the
 * endpoint alone would say 404, for which a Ruby worker throws its result away.
 */
@Component(service = Servlet.class)
@HttpWhiteboardContextSelect("(osgi.http.whiteboard.context.name=cloudcrowd)")
@HttpWhiteboardServletName(StartingGate.SERVLET)
@HttpWhiteboardServletPattern("/")
@HttpWhiteboardTarget("(org.apache.felix.http.name=server)")
public final class StartingServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final byte[] PROBLEM =
      ("{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
              + "\"detail\":\"the server is starting or stopping; try again\"}")
          .getBytes(StandardCharsets.UTF_8);

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setHeader("Retry-After", "1");
    response.setContentType("application/problem+json");
    response.getOutputStream().write(PROBLEM);
  }
}
