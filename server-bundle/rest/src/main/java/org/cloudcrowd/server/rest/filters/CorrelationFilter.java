package org.cloudcrowd.server.rest.filters;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.UUID;
import java.util.regex.Pattern;
import org.cloudcrowd.protocol.job.JobRequest;
import org.slf4j.MDC;

/**
 * Puts the correlation id of the client, or a new one, into the log lines of a request and into the
 * answer.
 */
public final class CorrelationFilter implements ContainerRequestFilter, ContainerResponseFilter {
  public static final String HEADER = "X-Correlation-Id";

  private static final String KEY = "correlation_id";
  private static final Pattern ALLOWED = Pattern.compile(JobRequest.CORRELATION_ID);

  @Override
  public void filter(ContainerRequestContext request) {
    var given = request.getHeaderString(HEADER);
    var id =
        given != null && ALLOWED.matcher(given).matches() ? given : UUID.randomUUID().toString();
    request.getHeaders().putSingle(HEADER, id);
    MDC.put(KEY, id);
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    var id = request.getHeaderString(HEADER);
    if (id != null) {
      response.getHeaders().putSingle(HEADER, id);
    }
    MDC.remove(KEY);
  }
}
