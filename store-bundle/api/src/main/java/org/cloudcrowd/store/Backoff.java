package org.cloudcrowd.store;

import java.time.Duration;

/**
 * How long to wait before something that failed is attempted again: twice as long after each
 * failure, up to a limit.
 *
 * @param first the wait after the first failure, zero for none
 * @param longest the longest wait before the jitter
 */
public record Backoff(Duration first, Duration longest) {
  private static final double LEAST = 0.8;
  private static final double SPREAD = 0.4;

  /**
   * The wait after a failure.
   *
   * @param failures how many failures there were, from 1
   * @param jitter from 0 to 1; it spreads the wait from 0.8 to 1.2 times itself, so that what
   *     failed together is not attempted together
   */
  public Duration after(int failures, double jitter) {
    double millis =
        Math.min(first.toMillis() * Math.pow(2, failures - 1.0), (double) longest.toMillis());
    return Duration.ofMillis((long) (millis * (LEAST + SPREAD * jitter)));
  }
}
