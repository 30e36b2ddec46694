package org.cloudcrowd.assets.storage;

import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.condition.Condition;

/**
 * Selects the configured asset store: registers the {@link Condition} that this store waits for,
 * {@code org.cloudcrowd.assets.} and its name. The other stores stay inactive.
 */
@Component(service = StorageChoice.class, immediate = true)
public final class StorageChoice {
  private static final String PREFIX = "org.cloudcrowd.assets.";

  private final ServiceRegistration<Condition> chosen;

  @Activate
  public StorageChoice(@Reference StorageSettings settings, BundleContext context) {
    chosen =
        context.registerService(
            Condition.class,
            Condition.INSTANCE,
            FrameworkUtil.asDictionary(
                Map.of(Condition.CONDITION_ID, PREFIX + settings.configuration().storage())));
  }

  @Deactivate
  public void withdraw() {
    chosen.unregister();
  }
}
