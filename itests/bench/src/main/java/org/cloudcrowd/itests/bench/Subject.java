package org.cloudcrowd.itests.bench;

import java.time.Duration;
import java.util.List;

/** Something that runs work, whose speed is measured. */
interface Subject extends AutoCloseable {
  /** What the work of a unit is. */
  enum Work {
    /** None. */
    NOTHING,
    /** The program {@code true}. */
    PROGRAM
  }

  /**
   * A throughput.
   *
   * @param posting how long it took to hand the units over
   * @param running how long they took to run after that
   * @param units how many
   */
  record Throughput(Duration posting, Duration running, int units) {
    double perSecond() {
      return units / (running.toNanos() / 1e9);
    }
  }

  /** Hands units over all at once, and waits until all have run. */
  Throughput run(Work work, int units) throws Exception;

  /** From handing one unit over to seeing that it has run, one after the other. */
  List<Duration> latencies(int units) throws Exception;
}
