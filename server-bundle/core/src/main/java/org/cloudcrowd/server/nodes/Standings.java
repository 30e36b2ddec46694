package org.cloudcrowd.server.nodes;

import java.time.Instant;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.cloudcrowd.protocol.server.CheckIn;
import org.cloudcrowd.store.NodeRegistry;
import org.cloudcrowd.store.NodeRegistry.KnownNode;
import org.cloudcrowd.store.NodeRegistry.NodeStanding;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What is thought of nodes, in the registry and here alike. May be used by any number of threads.
 *
 * <p>A heartbeat reads a standing and then keeps it here; a change between the two would be
 * forgotten. Heartbeats therefore go beside each other, and a change goes alone.
 */
@Component(service = Standings.class)
public final class Standings {
  private final NodeRegistry registry;
  private final LiveNodes nodes;
  private final ReadWriteLock order = new ReentrantReadWriteLock();

  /**
   * A node that was heard of.
   *
   * @param before the node as the registry had it, or null
   * @param now the node as this server has it
   */
  public record Heard(KnownNode before, LiveNode now) {}

  /** Keeps the standings of a registry. */
  @Activate
  public Standings(@Reference NodeRegistry registry, @Reference LiveNodes nodes) {
    this.registry = registry;
    this.nodes = nodes;
  }

  /** A heartbeat came from a node, which the registry describes so. */
  public Heard heard(String name, CheckIn checkIn, String description, Instant now) {
    order.readLock().lock();
    try {
      var before = registry.heard(name, checkIn.run(), description);
      var standing = before == null ? NodeStanding.GOOD : before.standing().at(now);
      return new Heard(before, nodes.heard(name, checkIn, standing, now));
    } finally {
      order.readLock().unlock();
    }
  }

  /** Changes what is thought of a node; says whether it is known. */
  public boolean change(String name, NodeStanding standing) {
    order.writeLock().lock();
    try {
      var here = nodes.find(name);
      boolean known = registry.changeStanding(name, standing);
      if (known && here != null) {
        here.changeStanding(standing);
      }
      return known;
    } finally {
      order.writeLock().unlock();
    }
  }
}
