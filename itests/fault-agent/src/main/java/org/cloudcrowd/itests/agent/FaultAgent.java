package org.cloudcrowd.itests.agent;

import java.lang.instrument.Instrumentation;
import java.nio.file.Path;

/**
 * The agent, started by {@code -javaagent:FILE=ARGUMENTS}. The arguments are {@code crash=FOLDER},
 * where a {@link CrashPoint} can be armed, or {@code mutant=NAME}, for a {@link Mutant}.
 */
public final class FaultAgent {
  private FaultAgent() {}

  /** Called by the JVM before its main method. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    var parts = arguments.split("=", 2);
    switch (parts[0]) {
      case "crash" -> new Crashes(Path.of(parts[1])).install(instrumentation);
      case "mutant" -> Mutant.valueOf(parts[1]).install(instrumentation);
      default ->
          throw new IllegalArgumentException("neither crash=FOLDER nor mutant=NAME: " + arguments);
    }
  }
}
