package org.cloudcrowd.assets.storage;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Holds the configuration of the asset stores. It is the one component that has it, so that a
 * change of the file restarts those that depend on it once, and all together.
 */
@Component(
    service = StorageSettings.class,
    configurationPid = StorageConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = StorageConfiguration.class)
public final class StorageSettings {
  private final StorageConfiguration configuration;

  @Activate
  public StorageSettings(StorageConfiguration configuration) {
    this.configuration = configuration;
  }

  public StorageConfiguration configuration() {
    return configuration;
  }
}
