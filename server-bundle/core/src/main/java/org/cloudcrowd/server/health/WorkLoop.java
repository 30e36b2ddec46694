package org.cloudcrowd.server.health;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A loop of the server. It is failing when no pass has succeeded for longer than its period and
 * {@link WorkLoops#PATIENCE}, whether its passes fail or do not end. Safe for any number of
 * threads.
 */
public final class WorkLoop {
  private final String fault;
  private final long longestNanos;
  private final LongSupplier nanos;
  private volatile long succeededAt;
  private volatile String reason;

  WorkLoop(String fault, Duration period, LongSupplier nanos) {
    this.fault = fault;
    this.longestNanos = period.plus(WorkLoops.PATIENCE).toNanos();
    this.nanos = nanos;
    succeededAt = nanos.getAsLong();
  }

  /** Runs a pass; its exceptions are thrown on. */
  public void run(Runnable pass) {
    try {
      pass.run();
      reason = null;
      succeededAt = nanos.getAsLong();
    } catch (RuntimeException | Error e) {
      reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw e;
    }
  }

  /** A sentence that says that it is failing, or null. */
  String fault() {
    long silent = nanos.getAsLong() - succeededAt;
    if (silent <= longestNanos) {
      return null;
    }
    var why = reason;
    return fault
        + " for "
        + Duration.ofNanos(silent).toSeconds()
        + " s: "
        + (why == null ? "the last pass has not ended" : why.lines().findFirst().orElse(why));
  }
}
