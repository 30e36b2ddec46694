package org.cloudcrowd.node.processes;

import org.cloudcrowd.protocol.server.FailureReason;

/** Says in words how a process ended. */
public final class ExitReason {
  /** A shell and the JDK report a signal's number above this. */
  private static final int SIGNALS_ABOVE = 128;

  /** What a JVM with {@code -XX:+ExitOnOutOfMemoryError} ends with. */
  private static final int OUT_OF_MEMORY = 3;

  private ExitReason() {}

  /** What kind of end of an attempt the end of a worker's JVM is. */
  public static FailureReason reason(int exitCode) {
    return exitCode == OUT_OF_MEMORY ? FailureReason.OUT_OF_MEMORY : FailureReason.WORKER_DIED;
  }

  /** How a worker's JVM ended. */
  public static String of(int exitCode) {
    return exitCode == OUT_OF_MEMORY ? "ran out of memory (exit code 3)" : ofProgram(exitCode);
  }

  /** How any program ended. */
  public static String ofProgram(int exitCode) {
    return exitCode > SIGNALS_ABOVE
        ? "was killed by signal " + (exitCode - SIGNALS_ABOVE)
        : "ended with exit code " + exitCode;
  }
}
