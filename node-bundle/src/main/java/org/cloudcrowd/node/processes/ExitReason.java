package org.cloudcrowd.node.processes;

import java.util.Map;

/** Describes how a process ended. */
public final class ExitReason {
  /** A shell and the JDK report a signal's number above this. */
  private static final int SIGNALS_ABOVE = 128;

  /** Linux has signals up to this number (signal(7)). */
  private static final int LAST_SIGNAL = 64;

  /** Those of signal(7) that end a process, of x86 and ARM. */
  private static final Map<Integer, String> SIGNALS =
      Map.ofEntries(
          Map.entry(1, "SIGHUP"),
          Map.entry(2, "SIGINT"),
          Map.entry(3, "SIGQUIT"),
          Map.entry(4, "SIGILL"),
          Map.entry(5, "SIGTRAP"),
          Map.entry(6, "SIGABRT"),
          Map.entry(7, "SIGBUS"),
          Map.entry(8, "SIGFPE"),
          Map.entry(9, "SIGKILL"),
          Map.entry(10, "SIGUSR1"),
          Map.entry(11, "SIGSEGV"),
          Map.entry(12, "SIGUSR2"),
          Map.entry(13, "SIGPIPE"),
          Map.entry(14, "SIGALRM"),
          Map.entry(15, "SIGTERM"),
          Map.entry(24, "SIGXCPU"),
          Map.entry(25, "SIGXFSZ"));

  private ExitReason() {}

  /** Describes the end of a worker's JVM, which no shell wraps. */
  public static String of(int exitCode) {
    return isSignal(exitCode)
        ? "was killed by signal " + signal(exitCode)
        : "ended with exit code " + exitCode;
  }

  /**
   * Describes the end of a program: where it is a shell script, the exit code may be that of its
   * last command.
   */
  public static String ofProgram(int exitCode) {
    return "ended with exit code "
        + exitCode
        + (isSignal(exitCode) ? ", as after signal " + signal(exitCode) : "");
  }

  private static boolean isSignal(int exitCode) {
    return exitCode > SIGNALS_ABOVE && exitCode <= SIGNALS_ABOVE + LAST_SIGNAL;
  }

  private static String signal(int exitCode) {
    int number = exitCode - SIGNALS_ABOVE;
    var name = SIGNALS.get(number);
    return name == null ? Integer.toString(number) : number + " (" + name + ")";
  }
}
