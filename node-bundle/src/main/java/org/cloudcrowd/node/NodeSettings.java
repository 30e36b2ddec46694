package org.cloudcrowd.node;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Holds the configuration of the node. It is the one component that has it, so that a change of the
 * file restarts those that depend on it once, and all together.
 */
@Component(
    service = NodeSettings.class,
    configurationPid = NodeConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = NodeConfiguration.class)
public final class NodeSettings {
  private final NodeConfiguration configuration;

  @Activate
  public NodeSettings(NodeConfiguration configuration) {
    this.configuration = configuration;
  }

  public NodeConfiguration configuration() {
    return configuration;
  }
}
