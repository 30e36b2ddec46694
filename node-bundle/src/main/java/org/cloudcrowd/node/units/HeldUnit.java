package org.cloudcrowd.node.units;

import java.util.Optional;
import org.cloudcrowd.node.processes.RunningUnit;
import org.cloudcrowd.node.processes.UnitLog;
import org.cloudcrowd.outbound.ServerExposure;
import org.cloudcrowd.protocol.server.Dispatch;
import org.cloudcrowd.protocol.server.UnitInWorker;

/** A unit that this node holds, from its dispatch until its result is acknowledged. */
final class HeldUnit {
  private final Dispatch.Unit unit;
  private final ServerExposure reach;
  private final UnitLog log;
  private RunningUnit running;
  private long worker;
  private boolean ended;
  private boolean revoked;

  HeldUnit(Dispatch.Unit unit, ServerExposure reach, UnitLog log) {
    this.unit = unit;
    this.reach = reach;
    this.log = log;
  }

  /** What its attempt prints. */
  UnitLog log() {
    return log;
  }

  Dispatch.Unit unit() {
    return unit;
  }

  /** From how far off the server can be reached that sent it. */
  ServerExposure reach() {
    return reach;
  }

  /**
   * Something is about to run it.
   *
   * @param pid its process id
   * @return whether it may; false where the unit was revoked meanwhile
   */
  synchronized boolean begin(RunningUnit runningIt, long pid) {
    running = revoked ? null : runningIt;
    worker = pid;
    return !revoked;
  }

  /** What runs it, or null where nothing does. */
  synchronized RunningUnit running() {
    return running;
  }

  /** Which process runs it, where one does. */
  synchronized Optional<UnitInWorker> seen() {
    return running == null
        ? Optional.empty()
        : Optional.of(new UnitInWorker(unit.lease().workUnitId(), worker));
  }

  /**
   * What ran it has ended.
   *
   * @return whether the result is of use; false where the unit was revoked meanwhile
   */
  synchronized boolean end() {
    running = null;
    ended = true;
    return !revoked;
  }

  /** Whether what ran it has ended, so that its result alone is here still. */
  synchronized boolean hasEnded() {
    return ended;
  }

  /** The unit is no longer this node's: nobody wants its result. */
  synchronized void revoke() {
    revoked = true;
    if (running != null) {
      running.kill();
    }
  }
}
