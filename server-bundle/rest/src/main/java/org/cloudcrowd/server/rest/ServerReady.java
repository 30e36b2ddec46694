package org.cloudcrowd.server.rest;

import java.util.Map;
import org.cloudcrowd.endpoint.Endpoint;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.condition.Condition;

/**
 * Says that the server can be used, by a {@link Condition} with the id {@code
 * org.cloudcrowd.server} whose property {@code url} tells where.
 */
@Component(service = ServerReady.class, immediate = true)
public final class ServerReady {
  private final ServiceRegistration<Condition> ready;

  /** Everything that a request needs is there. */
  @Activate
  public ServerReady(
      BundleContext context,
      @Reference(target = "(osgi.condition.id=org.cloudcrowd.servlet." + RestServlet.NAME + ")")
          Condition servletAnswers,
      @Reference(target = "(endpoint.name=server)") Endpoint endpoint) {
    ready =
        context.registerService(
            Condition.class,
            Condition.INSTANCE,
            FrameworkUtil.asDictionary(
                Map.of(
                    Condition.CONDITION_ID,
                    "org.cloudcrowd.server",
                    "url",
                    endpoint.url().toString())));
  }

  /** Something that a request needs has gone. */
  @Deactivate
  public void gone() {
    ready.unregister();
  }
}
