package org.cloudcrowd.endpoint.jetty;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Lets pages of configured origins use the API, by the CORS protocol of the Fetch standard. */
@Component(
    service = CrossOrigin.class,
    configurationPid = "org.cloudcrowd.cors",
    configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = CrossOrigin.Settings.class)
public final class CrossOrigin {
  private static final String METHODS = "GET, POST, PUT, DELETE";
  private static final String EXPOSED = "Location, ETag, X-Correlation-Id, Retry-After";
  private static final String REMEMBERED_SECONDS = "3600";

  /** The configuration of the origins. */
  @ObjectClassDefinition(
      name = "CloudCrowd pages of others",
      description = "Which pages of other origins may use the API.")
  public @interface Settings {
    @AttributeDefinition(
        description =
            "The origins whose pages may use the API in a browser, set apart by commas, such as"
                + " https://intranet.example.com; empty is none.")
    String[] origins() default {};
  }

  private volatile Set<String> origins;

  @Activate
  public CrossOrigin(Settings settings) {
    change(settings);
  }

  /**
   * Changes the origins. If this were recreated instead, so would be the context of every servlet,
   * and no request would be answered meanwhile.
   */
  @Modified
  void change(Settings settings) {
    // A value from a file is a single text.
    origins =
        Arrays.stream(settings.origins())
            .flatMap(text -> Arrays.stream(text.split(",", -1)))
            .map(String::strip)
            .filter(origin -> !origin.isEmpty())
            .collect(Collectors.toSet());
  }

  /**
   * Whether a browser sent a request of a page of another origin that is not configured. A browser
   * that sends no {@code Sec-Fetch-Site}, because the server is reached without TLS or it is old,
   * names the page's origin.
   */
  boolean isFromElsewhere(HttpServletRequest request) {
    var origin = request.getHeader("Origin");
    if (origin != null && origins.contains(origin)) {
      return false;
    }
    var site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return !site.equals("same-origin") && !site.equals("none");
    }
    return origin != null && !origin.endsWith("://" + request.getHeader("Host"));
  }

  /**
   * Adds the headers that allow the page to read the answer.
   *
   * @return whether the request was a preflight, which is then answered
   */
  boolean answer(HttpServletRequest request, HttpServletResponse response) {
    var origin = request.getHeader("Origin");
    if (origins.isEmpty()) {
      return false;
    }
    response.addHeader("Vary", "Origin");
    if (origin == null || !origins.contains(origin)) {
      return false;
    }
    response.setHeader("Access-Control-Allow-Origin", origin);
    response.setHeader("Access-Control-Allow-Credentials", "true");
    response.setHeader("Access-Control-Expose-Headers", EXPOSED);
    if (!request.getMethod().equals("OPTIONS")
        || request.getHeader("Access-Control-Request-Method") == null) {
      return false;
    }
    response.setHeader("Access-Control-Allow-Methods", METHODS);
    var headers = request.getHeader("Access-Control-Request-Headers");
    if (headers != null) {
      response.setHeader("Access-Control-Allow-Headers", headers);
    }
    response.setHeader("Access-Control-Max-Age", REMEMBERED_SECONDS);
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    return true;
  }
}
