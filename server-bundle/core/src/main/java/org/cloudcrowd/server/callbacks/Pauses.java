package org.cloudcrowd.server.callbacks;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a receiver is told again: twice as long each time, up to a limit, and a
 * fifth more or less, so that callbacks that failed together do not come back together.
 */
record Pauses(Duration min, Duration max, RandomGenerator random) {

  /**
   * The pause after a try.
   *
   * @param tries how many were made, from 1
   */
  Duration after(int tries) {
    double millis = Math.min(min.toMillis() * Math.pow(2, tries - 1.0), (double) max.toMillis());
    return Duration.ofMillis((long) (millis * (0.8 + 0.4 * random.nextDouble())));
  }
}
