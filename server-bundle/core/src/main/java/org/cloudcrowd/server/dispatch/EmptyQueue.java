package org.cloudcrowd.server.dispatch;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which nodes have found nothing more for them in the queue, so that they need not look again
 * before something may have changed: each result of a unit that ran alone would cost another
 * transaction. The sweeper's change each second ends what nobody told of.
 *
 * <p>{@link #change} may be called by any thread, all else by the dispatcher's.
 */
final class EmptyQueue {
  private final AtomicLong changes = new AtomicLong();
  private final Map<String, Long> foundAt = new HashMap<>();

  /** There may be more in the queue from now on, or for other nodes. */
  void change() {
    changes.incrementAndGet();
  }

  /** What to say to {@link #found}, taken before the look. */
  long look() {
    return changes.get();
  }

  /** A node's look found less than it wanted. */
  void found(String node, long look) {
    foundAt.put(node, look);
  }

  /** Whether nothing has changed since a node found nothing more. */
  boolean isFor(String node) {
    return foundAt.getOrDefault(node, -1L) == changes.get();
  }

  /** Forgets nodes that are gone. */
  void retain(Collection<String> nodes) {
    foundAt.keySet().retainAll(nodes);
  }
}
