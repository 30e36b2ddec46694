package org.cloudcrowd.server.nodes;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.cloudcrowd.server.config.ServerSettings;
import org.cloudcrowd.store.NodeRegistry.Eligibility;
import org.cloudcrowd.store.WorkStore;
import org.cloudcrowd.store.unit.Attempt;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Quarantines nodes on which units fail that succeed elsewhere.
 *
 * <p>A unit that fails on every node never counts against a node. The count of a node begins again
 * when a unit succeeds on it.
 */
@Component(service = NodeQuarantine.class)
public final class NodeQuarantine {
  private static final Logger log = LoggerFactory.getLogger(NodeQuarantine.class);

  private final NodeEligibility nodeEligibility;
  private final WorkStore store;
  private final int limit;
  private final Duration period;

  /** By node, the units that failed on it and succeeded on another. */
  private final Map<String, Set<Long>> refuted = new HashMap<>();

  @Activate
  public NodeQuarantine(
      @Reference ServerSettings settings,
      @Reference NodeEligibility nodeEligibility,
      @Reference WorkStore store) {
    var configuration = settings.configuration();
    this.nodeEligibility = nodeEligibility;
    this.store = store;
    this.limit = configuration.quarantine__after();
    this.period = Duration.ofSeconds(configuration.quarantine__seconds());
  }

  /** Records that a unit has succeeded on a node. */
  public synchronized void succeededOn(String node) {
    refuted.remove(node);
  }

  /** Counts failed attempts at units that have since succeeded on another node. */
  public synchronized void refuted(Collection<Attempt> attempts) {
    for (Attempt attempt : attempts) {
      var units = refuted.computeIfAbsent(attempt.node(), node -> new HashSet<>());
      units.add(attempt.unitId());
      if (limit > 0 && units.size() >= limit) {
        refuted.remove(attempt.node());
        quarantine(attempt);
      }
    }
  }

  private void quarantine(Attempt last) {
    var until = store.now().plus(period);
    var eligibility =
        new Eligibility(
            "quarantined until "
                + until
                + ": "
                + limit
                + " work units failed here and succeeded elsewhere, the last with: "
                + last.message(),
            until);
    log.warn("Node {} is {}", last.node(), eligibility.reason());
    nodeEligibility.change(last.node(), eligibility);
  }
}
