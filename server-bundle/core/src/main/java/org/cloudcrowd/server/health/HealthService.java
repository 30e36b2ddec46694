package org.cloudcrowd.server.health;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.cloudcrowd.server.Health;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reports faults that are known already, so that it answers while nothing else does. */
@Component
public final class HealthService implements Health {
  private final DatabaseProbe database;
  private final WorkLoops loops;

  @Activate
  public HealthService(@Reference DatabaseProbe database, @Reference WorkLoops loops) {
    this.database = database;
    this.loops = loops;
  }

  @Override
  public List<String> faults() {
    return Stream.concat(Stream.of(database).map(DatabaseProbe::fault), loops.faults().stream())
        .filter(Objects::nonNull)
        .toList();
  }
}
