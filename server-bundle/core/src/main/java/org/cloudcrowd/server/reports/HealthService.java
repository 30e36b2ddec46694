package org.cloudcrowd.server.reports;

import java.util.List;
import org.cloudcrowd.server.Health;
import org.cloudcrowd.store.NodeRegistry;
import org.cloudcrowd.store.StoreException;
import org.cloudcrowd.store.WorkStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Asks the database, without which nothing can be answered. */
@Component
public final class HealthService implements Health {
  private final NodeRegistry registry;
  private final WorkStore store;

  /** Asks by a small question to a registry. */
  @Activate
  public HealthService(@Reference NodeRegistry registry, @Reference WorkStore store) {
    this.registry = registry;
    this.store = store;
  }

  @Override
  public List<String> faults() {
    try {
      registry.heardSince(store.now());
      return List.of();
    } catch (StoreException e) {
      return List.of("The database is not available. " + e.getMessage());
    }
  }
}
