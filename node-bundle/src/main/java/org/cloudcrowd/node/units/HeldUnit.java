package org.cloudcrowd.node.units;

import org.cloudcrowd.node.workers.Worker;
import org.cloudcrowd.protocol.server.Dispatch;

/** A unit that this node holds, from its dispatch until its result is acknowledged. */
final class HeldUnit {
  private final Dispatch.Unit unit;
  private Worker worker;
  private boolean dropped;

  HeldUnit(Dispatch.Unit unit) {
    this.unit = unit;
  }

  Dispatch.Unit unit() {
    return unit;
  }

  /**
   * A worker is about to run it.
   *
   * @return whether it may; false where the unit was dropped meanwhile
   */
  synchronized boolean begin(Worker runningIt) {
    worker = dropped ? null : runningIt;
    return !dropped;
  }

  /**
   * Its worker has ended its run.
   *
   * @return whether the result is of use; false where the unit was dropped meanwhile
   */
  synchronized boolean end() {
    worker = null;
    return !dropped;
  }

  /** The unit is no longer this node's: nobody wants its result. */
  synchronized void drop() {
    dropped = true;
    if (worker != null) {
      worker.kill();
    }
  }
}
