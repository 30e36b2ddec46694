package org.cloudcrowd.server.rest.filters;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.cloudcrowd.protocol.server.Problem;
import org.cloudcrowd.server.Admission;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterPattern;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardTarget;

/**
 * Answers 503 to requests beyond {@code max_requests}: while the database is away each request
 * occupies a thread until it gives up, and health, metrics and heartbeats must not wait for those.
 * Requests that wait without a thread, as those for events and polls do, are not counted.
 */
@Component(service = Filter.class)
@HttpWhiteboardContextSelect("(osgi.http.whiteboard.context.name=cloudcrowd)")
@HttpWhiteboardFilterPattern("/*")
@HttpWhiteboardFilterAsyncSupported
@HttpWhiteboardTarget("(org.apache.felix.http.name=server)")
public final class AdmissionFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private final transient Admission admission;

  @Activate
  public AdmissionFilter(@Reference Admission admission) {
    this.admission = admission;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (isAlwaysAnswered(request.getRequestURI())) {
      chain.doFilter(request, response);
    } else if (admission.enter()) {
      try {
        chain.doFilter(request, response);
      } finally {
        admission.leave();
      }
    } else {
      refuse(response);
    }
  }

  private static boolean isAlwaysAnswered(String path) {
    return path.startsWith("/health/") || path.equals("/metrics") || path.equals("/heartbeat");
  }

  private static void refuse(HttpServletResponse response) throws IOException {
    response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setHeader("Retry-After", "1");
    response.setContentType(Problem.MEDIA_TYPE);
    response
        .getOutputStream()
        .write(
            ("{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
                    + "\"detail\":\"this server works on as many requests as it may"
                    + " (max_requests); nothing was changed, and the request may be repeated\"}")
                .getBytes(StandardCharsets.UTF_8));
  }
}
