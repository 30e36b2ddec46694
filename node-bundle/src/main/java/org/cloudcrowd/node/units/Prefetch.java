package org.cloudcrowd.node.units;

/**
 * How many units wait on the node, so that no worker is idle while the next unit is sent.
 *
 * <p>As many as run in a tenth of a second, by the duration of the last units: hundreds of units of
 * a millisecond, and none of longer units, which another node may begin earlier.
 */
final class Prefetch {
  private static final double SECONDS_OF_WORK = 0.1;
  private static final double WEIGHT_OF_LATEST = 0.1;
  private static final int MOST = 1000;

  private int workers;
  private double averageSeconds = 1;

  Prefetch(int workers) {
    this.workers = workers;
  }

  synchronized void resize(int changed) {
    workers = changed;
  }

  synchronized void ended(double seconds) {
    averageSeconds += WEIGHT_OF_LATEST * (seconds - averageSeconds);
  }

  /** How many units may run and wait together. */
  synchronized int capacity() {
    double waiting = workers * SECONDS_OF_WORK / Math.max(averageSeconds, 1e-6);
    return workers + (int) Math.min(waiting, MOST);
  }
}
