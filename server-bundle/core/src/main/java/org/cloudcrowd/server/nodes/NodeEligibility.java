package org.cloudcrowd.server.nodes;

import java.time.Instant;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.cloudcrowd.protocol.node.Heartbeat;
import org.cloudcrowd.store.NodeRegistry;
import org.cloudcrowd.store.NodeRegistry.Eligibility;
import org.cloudcrowd.store.NodeRegistry.KnownNode;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps the eligibility of nodes the same in the registry and in this server's {@link LiveNodes}.
 * May be used by any number of threads.
 *
 * <p>A heartbeat reads the eligibility from the registry and then writes it to the live node; a
 * change between the two would be overwritten. So heartbeats share a lock, and a change has it
 * alone.
 */
@Component(service = NodeEligibility.class)
public final class NodeEligibility {
  private final NodeRegistry registry;
  private final LiveNodes nodes;
  private final ReadWriteLock order = new ReentrantReadWriteLock();

  /**
   * A node whose heartbeat was recorded.
   *
   * @param before the node as the registry had it, or null
   * @param now the node as this server has it
   */
  public record Heard(KnownNode before, LiveNode now) {}

  @Activate
  public NodeEligibility(@Reference NodeRegistry registry, @Reference LiveNodes nodes) {
    this.registry = registry;
    this.nodes = nodes;
  }

  /**
   * Records a heartbeat.
   *
   * @param description what the registry keeps of it
   */
  public Heard heard(String name, Heartbeat heartbeat, String description, Instant now) {
    order.readLock().lock();
    try {
      var before = registry.heard(name, heartbeat.incarnation(), description);
      var eligibility = before == null ? Eligibility.ELIGIBLE : before.eligibility().at(now);
      return new Heard(before, nodes.heard(name, heartbeat, eligibility, now));
    } finally {
      order.readLock().unlock();
    }
  }

  /** Changes whether a node is eligible; returns whether the node is known. */
  public boolean change(String name, Eligibility eligibility) {
    order.writeLock().lock();
    try {
      var here = nodes.find(name);
      boolean known = registry.changeEligibility(name, eligibility);
      if (known && here != null) {
        here.changeEligibility(eligibility);
      }
      return known;
    } finally {
      order.writeLock().unlock();
    }
  }
}
