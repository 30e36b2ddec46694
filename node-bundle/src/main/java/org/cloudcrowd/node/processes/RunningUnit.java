package org.cloudcrowd.node.processes;

import java.util.stream.Stream;
import org.cloudcrowd.protocol.server.FailureReason;

/** What runs a unit, and can be ended by any thread. */
public interface RunningUnit {
  /** The process that runs it, and every process below. */
  Stream<ProcessHandle> processes();

  /** Kills them all. */
  void kill();

  /**
   * Kills them all, because the unit is past a limit.
   *
   * @param reason what kind of limit
   * @param limit which, as the message of the attempt
   */
  void killPast(FailureReason reason, String limit);
}
