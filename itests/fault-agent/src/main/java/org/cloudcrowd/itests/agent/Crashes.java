package org.cloudcrowd.itests.agent;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

/**
 * Halts the process at a point that is armed: by a file {@code armed} in a folder that tests and
 * processes share, which holds the name of the point. Whoever removes it first is the one that
 * crashes. Every point that was passed is named in a file {@code passed}.
 */
final class Crashes implements Consumer<String> {
  /** As a shell reports {@code kill -9}. */
  private static final int KILLED = 137;

  // Constants are copied into what is changed, as their values.
  static final String HERE = "org.cloudcrowd.itests.agent.here";

  static final String COMMITTED = "committed: ";

  private final Path armed;
  private final Path passed;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  Crashes(Path folder) {
    armed = folder.resolve("armed");
    passed = folder.resolve("passed");
  }

  void install(Instrumentation instrumentation) {
    // A bundle sees the classes of the JDK, and none of the agent's.
    System.getProperties().put(HERE, this);
    AgentBuilder agent = afterCommits(FaultAgent.builder());
    for (CrashPoint point : CrashPoint.ofClasses()) {
      agent =
          agent
              .type(named(point.type()))
              .transform(
                  (type, description, loader, module, domain) ->
                      type.visit(
                          Advice.withCustomMapping()
                              .bind(Point.class, point.name())
                              .to(AtEnd.class)
                              .on(named(point.method()))));
    }
    agent.installOn(instrumentation);
  }

  static AgentBuilder afterCommits(AgentBuilder agent) {
    return agent
        .type(named("org.cloudcrowd.store.jpa.database.Transactions"))
        .transform(
            (type, description, loader, module, domain) ->
                type.visit(Advice.to(AfterCommit.class).on(named("run"))));
  }

  @Override
  public void accept(String reached) {
    var point =
        reached.startsWith(COMMITTED)
            ? CrashPoint.afterCommit(reached.substring(COMMITTED.length()))
            : reached;
    try {
      if (known.add(point)) {
        Files.writeString(
            passed, point + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
      if (Files.exists(armed)
          && Files.readString(armed).equals(point)
          && Files.deleteIfExists(armed)) {
        Runtime.getRuntime().halt(KILLED);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of the point. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.PARAMETER)
  @interface Point {}

  /** Copied to the end of a method that is a point. */
  static final class AtEnd {
    private AtEnd() {}

    @Advice.OnMethodExit
    @SuppressWarnings("unchecked")
    static void reached(@Point String point) {
      ((Consumer<String>) System.getProperties().get(HERE)).accept(point);
    }
  }

  /** Copied to the end of a transaction, whose description is its first argument. */
  static final class AfterCommit {
    private AfterCommit() {}

    @Advice.OnMethodExit
    @SuppressWarnings("unchecked")
    static void committed(@Advice.Argument(0) String transaction) {
      ((Consumer<String>) System.getProperties().get(HERE)).accept(COMMITTED + transaction);
    }
  }
}
