package org.cloudcrowd.node.workers;

import org.cloudcrowd.protocol.server.FailureReason;

/** Says in words how a process ended. */
final class ExitReason {
  /** A shell and the JDK report a signal's number above this. */
  private static final int SIGNALS_ABOVE = 128;

  /** What a JVM with {@code -XX:+ExitOnOutOfMemoryError} ends with. */
  private static final int OUT_OF_MEMORY = 3;

  private ExitReason() {}

  /** What kind of end of an attempt that is. */
  static FailureReason reason(int exitCode) {
    return exitCode == OUT_OF_MEMORY ? FailureReason.OUT_OF_MEMORY : FailureReason.WORKER_DIED;
  }

  static String of(int exitCode) {
    if (exitCode == OUT_OF_MEMORY) {
      return "ran out of memory (exit code 3)";
    }
    return exitCode > SIGNALS_ABOVE
        ? "was killed by signal " + (exitCode - SIGNALS_ABOVE)
        : "ended with exit code " + exitCode;
  }
}
