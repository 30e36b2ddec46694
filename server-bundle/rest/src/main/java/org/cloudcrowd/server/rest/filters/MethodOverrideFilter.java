package org.cloudcrowd.server.rest.filters;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Form;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.Set;
import org.glassfish.jersey.server.ContainerRequest;

/**
 * Takes the method of a posted form from its field {@code _method}, as the original does, for
 * clients that only send GET and POST.
 */
@PreMatching
public final class MethodOverrideFilter implements ContainerRequestFilter {
  private static final Set<String> METHODS = Set.of(HttpMethod.PUT, HttpMethod.DELETE);

  @Override
  public void filter(ContainerRequestContext context) {
    if (context.getMethod().equals(HttpMethod.POST)
        && MediaType.APPLICATION_FORM_URLENCODED_TYPE.isCompatible(context.getMediaType())
        && context instanceof ContainerRequest request) {
      request.bufferEntity();
      var method = request.readEntity(Form.class).asMap().getFirst("_method");
      if (method != null && METHODS.contains(method.toUpperCase(Locale.ROOT))) {
        request.setMethod(method.toUpperCase(Locale.ROOT));
      }
    }
  }
}
