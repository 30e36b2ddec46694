package org.cloudcrowd.store.unit;

/**
 * How many work units of an action, or of a job, may run in the whole cluster.
 *
 * @param maxRunning how many at once, or {@link Integer#MAX_VALUE}
 * @param maxPerSecond how many may begin in a second, or {@link Double#POSITIVE_INFINITY}; as many
 *     as that, and at least one, may begin together after a pause
 */
public record UnitLimit(int maxRunning, double maxPerSecond) {
  /** Any number. */
  public static final UnitLimit NONE = new UnitLimit(Integer.MAX_VALUE, Double.POSITIVE_INFINITY);

  /** Whether there is a limit to how many begin in a second. */
  public boolean hasRate() {
    return !Double.isInfinite(maxPerSecond);
  }

  /** How many may begin together after a pause, where there is a rate. */
  public double burst() {
    return Math.max(1, maxPerSecond);
  }
}
