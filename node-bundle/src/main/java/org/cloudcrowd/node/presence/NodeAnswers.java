package org.cloudcrowd.node.presence;

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
 * Opens the node's endpoint once its servlet answers. Components that reference it start after
 * that: a server probes a node as soon as it has the node's first heartbeat.
 */
@Component(service = NodeAnswers.class)
public final class NodeAnswers {
  private final ServiceRegistration<Condition> answers;

  @Activate
  public NodeAnswers(
      BundleContext context,
      @Reference(target = "(osgi.condition.id=org.cloudcrowd.servlet." + WorkServlet.NAME + ")")
          Condition servletAnswers) {
    answers =
        context.registerService(
            Condition.class,
            Condition.INSTANCE,
            FrameworkUtil.asDictionary(
                Map.of(Condition.CONDITION_ID, Endpoint.ANSWERS, Endpoint.NAME, "node")));
  }

  @Deactivate
  public void close() {
    answers.unregister();
  }
}
