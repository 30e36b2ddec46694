package org.cloudcrowd.itests.agent;

import java.lang.instrument.Instrumentation;
import java.util.function.Consumer;

/**
 * Tells a test of the commits of the store in its own process, each on the thread of its
 * transaction and before its caller goes on. What the test throws ends the caller, as the end of
 * the process would.
 */
public final class Commits {
  private Commits() {}

  static void install(Instrumentation instrumentation) {
    System.getProperties().put(Crashes.HERE, (Consumer<String>) reached -> {});
    Crashes.afterCommits(FaultAgent.builder()).installOn(instrumentation);
  }

  /**
   * Subscribes to the commits of all threads, in place of whoever has subscribed before.
   *
   * @param subscriber gets the name of the point, that of a {@link CrashPoint} where it is listed
   */
  public static void subscribe(Consumer<String> subscriber) {
    if (System.getProperties().get(Crashes.HERE) == null) {
      throw new IllegalStateException(
          "start the tests with the fault agent: -javaagent:FILE=commits");
    }
    System.getProperties()
        .put(
            Crashes.HERE,
            (Consumer<String>)
                reached ->
                    subscriber.accept(
                        CrashPoint.afterCommit(reached.substring(Crashes.COMMITTED.length()))));
  }

  /** Ends the subscription. */
  public static void unsubscribe() {
    subscribe(point -> {});
  }
}
