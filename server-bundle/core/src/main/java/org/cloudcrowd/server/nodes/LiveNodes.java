package org.cloudcrowd.server.nodes;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.cloudcrowd.protocol.node.Heartbeat;
import org.cloudcrowd.store.NodeRegistry.Eligibility;
import org.osgi.service.component.annotations.Component;

/** The live nodes that report to this server, by name. */
@Component(service = LiveNodes.class)
public final class LiveNodes {
  private final Map<String, LiveNode> nodes = new ConcurrentSkipListMap<>();

  /** The nodes, by name. */
  public Collection<LiveNode> all() {
    return nodes.values();
  }

  /** The node of this name, or null. */
  public LiveNode find(String name) {
    return nodes.get(name);
  }

  /** Records a heartbeat of a node. */
  public LiveNode heard(String name, Heartbeat heartbeat, Eligibility eligibility, Instant now) {
    return nodes.compute(
        name,
        (key, known) -> {
          if (known == null || !known.incarnation().equals(heartbeat.incarnation())) {
            return new LiveNode(name, heartbeat, eligibility, now);
          }
          known.refresh(heartbeat, eligibility, now);
          return known;
        });
  }

  /** Records a report of results of a node. */
  public void reported(String name, Collection<Long> unitIds, int capacity) {
    var node = nodes.get(name);
    if (node != null) {
      node.reported(unitIds, capacity);
    }
  }

  /** Removes a node; returns whether it was known. */
  public boolean remove(String name) {
    return nodes.remove(name) != null;
  }

  /**
   * Removes the nodes whose last heartbeat came before a time.
   *
   * @return their names
   */
  public Collection<String> forgetSilent(Instant since) {
    var silent =
        nodes.values().stream()
            .filter(node -> node.heardAt().isBefore(since))
            .map(LiveNode::name)
            .toList();
    silent.forEach(nodes::remove);
    return silent;
  }
}
