package org.cloudcrowd.server.dispatch;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The nodes for which the last claim found fewer units than they had room for, so that no claim is
 * tried for them before a change: otherwise each result of a single unit would cost another
 * transaction. The sweeper signals a change every second, for changes that no signal tells.
 *
 * <p>{@link #change} may be called by any thread, the other methods only by the dispatcher's.
 */
final class EmptyQueue {
  private final AtomicLong changes = new AtomicLong();
  private final Map<String, Long> foundAt = new HashMap<>();

  /** Records a change: there may be units for any node. */
  void change() {
    changes.incrementAndGet();
  }

  /** The number of the last change, for {@link #found}; read it before the claim. */
  long look() {
    return changes.get();
  }

  /** Records that a claim found fewer units than the node had room for. */
  void found(String node, long look) {
    foundAt.put(node, look);
  }

  /** Whether nothing has changed since the last such claim of a node. */
  boolean isFor(String node) {
    return foundAt.getOrDefault(node, -1L) == changes.get();
  }

  /** Removes nodes that are gone. */
  void retain(Collection<String> nodes) {
    foundAt.keySet().retainAll(nodes);
  }
}
