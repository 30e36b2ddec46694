package org.cloudcrowd.server.config;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Holds the configuration of the server. It is the one component that has it, so that a change of
 * the file restarts those that depend on it once, and all together.
 */
@Component(
    service = ServerSettings.class,
    configurationPid = ServerConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ServerConfiguration.class)
public final class ServerSettings {
  private final ServerConfiguration configuration;

  @Activate
  public ServerSettings(ServerConfiguration configuration) {
    this.configuration = configuration;
  }

  public ServerConfiguration configuration() {
    return configuration;
  }
}
