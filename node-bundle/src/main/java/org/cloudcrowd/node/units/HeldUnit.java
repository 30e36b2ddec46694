package org.cloudcrowd.node.units;

import java.util.Optional;
import org.cloudcrowd.node.processes.RunningUnit;
import org.cloudcrowd.node.processes.UnitLog;
import org.cloudcrowd.outbound.ServerExposure;
import org.cloudcrowd.protocol.node.UnitInWorker;
import org.cloudcrowd.protocol.unit.UnitOrder;

/** A unit whose lease this node has, from its dispatch until the server has answered its result. */
final class HeldUnit {
  private final UnitOrder unit;
  private final ServerExposure exposure;
  private final UnitLog log;
  private RunningUnit running;
  private long worker;
  private boolean ended;
  private boolean revoked;

  HeldUnit(UnitOrder unit, ServerExposure exposure, UnitLog log) {
    this.unit = unit;
    this.exposure = exposure;
    this.log = log;
  }

  /** The output that its attempt prints. */
  UnitLog log() {
    return log;
  }

  UnitOrder unit() {
    return unit;
  }

  /** Who can reach the server that sent it. */
  ServerExposure exposure() {
    return exposure;
  }

  /**
   * Records the process that is about to run it.
   *
   * @param pid its process id
   * @return whether it may; false where its lease was revoked meanwhile
   */
  synchronized boolean begin(RunningUnit runningIt, long pid) {
    running = revoked ? null : runningIt;
    worker = pid;
    return !revoked;
  }

  /** The process that runs it, or null. */
  synchronized RunningUnit running() {
    return running;
  }

  /** The id of the process that runs it, where one does. */
  synchronized Optional<UnitInWorker> seen() {
    return running == null
        ? Optional.empty()
        : Optional.of(new UnitInWorker(unit.lease().unitId(), worker));
  }

  /**
   * Records that its process has ended.
   *
   * @return whether the result is reported; false where its lease was revoked meanwhile
   */
  synchronized boolean end() {
    running = null;
    ended = true;
    return !revoked;
  }

  /** Whether its process has ended, so that it needs no slot. */
  synchronized boolean hasEnded() {
    return ended;
  }

  /** Records that its lease was revoked: its result is not reported. */
  synchronized void revoke() {
    revoked = true;
    if (running != null) {
      running.kill();
    }
  }
}
