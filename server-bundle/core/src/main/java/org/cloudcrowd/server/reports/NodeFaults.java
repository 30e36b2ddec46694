package org.cloudcrowd.server.reports;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.cloudcrowd.server.nodes.Standings;
import org.cloudcrowd.server.settings.ServerConfiguration;
import org.cloudcrowd.store.Attempt;
import org.cloudcrowd.store.NodeRegistry.NodeStanding;
import org.cloudcrowd.store.WorkStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets nodes aside on which units fail that succeed elsewhere.
 *
 * <p>A unit that fails everywhere is to blame itself, and never counts against a node; a node that
 * has success in between starts afresh.
 */
@Component(
    service = NodeFaults.class,
    configurationPid = ServerConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class NodeFaults {
  private static final Logger log = LoggerFactory.getLogger(NodeFaults.class);

  private final Standings standings;
  private final WorkStore store;
  private final int limit;
  private final Duration pause;

  /** By node, the units that it failed and another did not. */
  private final Map<String, Set<Long>> faults = new HashMap<>();

  /** Judges as configured. */
  @Activate
  public NodeFaults(
      ServerConfiguration configuration,
      @Reference Standings standings,
      @Reference WorkStore store) {
    this.standings = standings;
    this.store = store;
    this.limit = configuration.set__aside__after();
    this.pause = Duration.ofSeconds(configuration.set__aside__seconds());
  }

  /** A unit has succeeded on a node. */
  synchronized void succeededOn(String node) {
    faults.remove(node);
  }

  /** These failed attempts were no fault of their units. */
  synchronized void refuted(Collection<Attempt> attempts) {
    for (Attempt attempt : attempts) {
      var units = faults.computeIfAbsent(attempt.node(), node -> new HashSet<>());
      units.add(attempt.unitId());
      if (limit > 0 && units.size() >= limit) {
        faults.remove(attempt.node());
        setAside(attempt);
      }
    }
  }

  private void setAside(Attempt last) {
    var until = store.now().plus(pause);
    var standing =
        new NodeStanding(
            "set aside until "
                + until
                + ": "
                + limit
                + " work units failed here and succeeded elsewhere, the last with: "
                + last.message(),
            until);
    log.warn("Node {} is {}", last.node(), standing.reason());
    standings.change(last.node(), standing);
  }
}
