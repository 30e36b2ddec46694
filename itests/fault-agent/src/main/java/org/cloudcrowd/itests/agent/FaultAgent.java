package org.cloudcrowd.itests.agent;

import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.utility.JavaModule;

/**
 * The agent, started by {@code -javaagent:FILE=ARGUMENTS}. The arguments are {@code crash=FOLDER},
 * where a {@link CrashPoint} can be armed, {@code commits}, for {@link Commits}, or {@code
 * mutant=NAME}, for a {@link Mutant}.
 */
public final class FaultAgent {
  /** What a process ends with into which a fault cannot be built. */
  private static final int NO_FAULT = 70;

  private FaultAgent() {}

  /** Called by the JVM before its main method. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    var parts = arguments.split("=", 2);
    switch (parts[0]) {
      case "crash" -> new Crashes(Path.of(parts[1])).install(instrumentation);
      case "commits" -> Commits.install(instrumentation);
      case "mutant" -> Mutant.valueOf(parts[1]).install(instrumentation);
      default ->
          throw new IllegalArgumentException(
              "none of crash=FOLDER, commits and mutant=NAME: " + arguments);
    }
  }

  /** A fault that is not there must not look like one that was survived. */
  static AgentBuilder builder() {
    return new AgentBuilder.Default()
        .with(
            new AgentBuilder.Listener.Adapter() {
              @Override
              public void onError(
                  String type,
                  ClassLoader loader,
                  JavaModule module,
                  boolean loaded,
                  Throwable failure) {
                System.err.println("no fault can be built into " + type + ": " + failure);
                Runtime.getRuntime().halt(NO_FAULT);
              }
            })
        .disableClassFormatChanges();
  }
}
