package org.cloudcrowd.endpoint.jetty;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.cloudcrowd.endpoint.Access;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.context.ServletContextHelper;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContext;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardTarget;

/**
 * The context of all our servlets, which authenticates their requests, except {@code /heartbeat}. A
 * servlet that names this context is never served by another, so none can be reached before this
 * one has checked the request.
 */
@Component(service = ServletContextHelper.class)
@HttpWhiteboardContext(name = GuardedContext.NAME, path = "/")
@HttpWhiteboardTarget("(org.apache.felix.http.name=*)")
public final class GuardedContext extends ServletContextHelper {
  static final String NAME = "cloudcrowd";

  /** Methods that change nothing, RFC 9110, 9.2.1. */
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private final HttpAuthentication authentication;
  private final CrossOrigin crossOrigin;

  /**
   * @param authentication checks logins
   */
  @Activate
  public GuardedContext(
      @Reference HttpAuthentication authentication, @Reference CrossOrigin crossOrigin) {
    this.authentication = authentication;
    this.crossOrigin = crossOrigin;
  }

  @Override
  public boolean handleSecurity(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (crossOrigin.answer(request, response)) {
      return false;
    }
    if ("/heartbeat".equals(request.getRequestURI())) {
      return true;
    }
    var sender = authentication.sender(request.getHeader("Authorization"));
    if (sender.isEmpty()) {
      response.setHeader("WWW-Authenticate", HttpAuthentication.CHALLENGE);
      return refuse(
          response,
          HttpServletResponse.SC_UNAUTHORIZED,
          "Unauthorized",
          "this cluster answers only with its login and password");
    }
    boolean changes = !SAFE.contains(request.getMethod());
    if (changes && sender.get().access() == Access.LOOK) {
      return refuse(
          response,
          HttpServletResponse.SC_FORBIDDEN,
          "Forbidden",
          "this login may look, and change nothing");
    }
    if (changes && crossOrigin.isFromElsewhere(request)) {
      return refuse(
          response,
          HttpServletResponse.SC_FORBIDDEN,
          "Forbidden",
          "a page of another origin may change nothing here; let it by its origin in"
              + " etc/org.cloudcrowd.cors.cfg");
    }
    request.setAttribute(REMOTE_USER, sender.get().login());
    request.setAttribute(Access.ATTRIBUTE, sender.get().access());
    return true;
  }

  private static boolean refuse(
      HttpServletResponse response, int status, String title, String detail) throws IOException {
    response.setStatus(status);
    response.setContentType("application/problem+json");
    response
        .getOutputStream()
        .write(
            ("{\"type\":\"about:blank\",\"title\":\""
                    + title
                    + "\",\"status\":"
                    + status
                    + ",\"detail\":\""
                    + detail
                    + "\"}")
                .getBytes(StandardCharsets.UTF_8));
    return false;
  }
}
