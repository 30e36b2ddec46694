package org.cloudcrowd.node.processes;

import java.util.stream.Stream;
import org.cloudcrowd.protocol.node.FailureReason;

/** A unit that runs in a process. Any thread may kill it. */
public interface RunningUnit {
  /** The process that runs the unit, and every process below it. */
  Stream<ProcessHandle> processes();

  /** Kills them. */
  void kill();

  /**
   * Kills them because the unit has exceeded a limit.
   *
   * @param reason the kind of limit
   * @param limit the message of the attempt
   */
  void killPast(FailureReason reason, String limit);
}
