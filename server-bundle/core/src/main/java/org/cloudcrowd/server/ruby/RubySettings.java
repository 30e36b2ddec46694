package org.cloudcrowd.server.ruby;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Holds the configuration of the server for Ruby nodes. It is the one component that has it, so
 * that a change of the file restarts those that depend on it once, and all together.
 */
@Component(
    service = RubySettings.class,
    configurationPid = RubyConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = RubyConfiguration.class)
public final class RubySettings {
  private final RubyConfiguration configuration;

  @Activate
  public RubySettings(RubyConfiguration configuration) {
    this.configuration = configuration;
  }

  public RubyConfiguration configuration() {
    return configuration;
  }
}
