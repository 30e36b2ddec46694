package org.cloudcrowd.node.units;

import org.cloudcrowd.node.processes.RunningUnit;
import org.cloudcrowd.protocol.server.Dispatch;

/** A unit that this node holds, from its dispatch until its result is acknowledged. */
final class HeldUnit {
  private final Dispatch.Unit unit;
  private RunningUnit running;
  private boolean dropped;

  HeldUnit(Dispatch.Unit unit) {
    this.unit = unit;
  }

  Dispatch.Unit unit() {
    return unit;
  }

  /**
   * Something is about to run it.
   *
   * @return whether it may; false where the unit was dropped meanwhile
   */
  synchronized boolean begin(RunningUnit runningIt) {
    running = dropped ? null : runningIt;
    return !dropped;
  }

  /**
   * What ran it has ended.
   *
   * @return whether the result is of use; false where the unit was dropped meanwhile
   */
  synchronized boolean end() {
    running = null;
    return !dropped;
  }

  /** The unit is no longer this node's: nobody wants its result. */
  synchronized void drop() {
    dropped = true;
    if (running != null) {
      running.kill();
    }
  }
}
