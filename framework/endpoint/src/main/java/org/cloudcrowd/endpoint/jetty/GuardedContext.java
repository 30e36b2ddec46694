package org.cloudcrowd.endpoint.jetty;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.context.ServletContextHelper;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContext;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardTarget;

/**
 * The context in which every servlet of ours answers. One that names this context answers in no
 * other, so none can be reached before this one guards it.
 */
@Component(service = ServletContextHelper.class)
@HttpWhiteboardContext(name = GuardedContext.NAME, path = "/")
@HttpWhiteboardTarget("(org.apache.felix.http.name=*)")
public final class GuardedContext extends ServletContextHelper {
  static final String NAME = "cloudcrowd";

  private static final byte[] PROBLEM =
      ("{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,"
              + "\"detail\":\"this cluster answers only with its login and password\"}")
          .getBytes(StandardCharsets.UTF_8);

  private final HttpAuthentication authentication;
  private final CrossOrigin crossOrigin;

  /** Guarded by the given login, and open to the pages of some. */
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
    if ("/heartbeat".equals(request.getRequestURI())
        || authentication.allows(request.getHeader("Authorization"))) {
      return true;
    }
    response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    response.setHeader("WWW-Authenticate", HttpAuthentication.CHALLENGE);
    response.setContentType("application/problem+json");
    response.getOutputStream().write(PROBLEM);
    return false;
  }
}
