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
 * Opens the server's endpoint once all of its servlets answer, and then registers a {@link
 * Condition} with the id {@code org.cloudcrowd.server}, whose property {@code url} has the URL.
 */
@Component(service = ServerReady.class, immediate = true)
public final class ServerReady {
  private static final String SERVLET = "(osgi.condition.id=org.cloudcrowd.servlet.";

  private final ServiceRegistration<Condition> answers;
  private final ServiceRegistration<Condition> ready;

  @Activate
  public ServerReady(
      BundleContext context,
      @Reference(target = SERVLET + RestServlet.NAME + ")") Condition restAnswers,
      @Reference(target = SERVLET + PollServlet.NAME + ")") Condition pollsAreAnswered,
      @Reference(target = SERVLET + EventsServlet.NAME + ")") Condition eventsAreStreamed,
      @Reference(target = "(endpoint.name=server)") Endpoint endpoint) {
    answers = register(context, Endpoint.ANSWERS, Endpoint.NAME, "server");
    ready = register(context, "org.cloudcrowd.server", "url", endpoint.url().toString());
  }

  private static ServiceRegistration<Condition> register(
      BundleContext context, String id, String property, String value) {
    return context.registerService(
        Condition.class,
        Condition.INSTANCE,
        FrameworkUtil.asDictionary(Map.of(Condition.CONDITION_ID, id, property, value)));
  }

  @Deactivate
  public void close() {
    ready.unregister();
    answers.unregister();
  }
}
