package org.cloudcrowd.store.jpa.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import java.time.Instant;
import org.cloudcrowd.store.state.UnitState;
import org.cloudcrowd.store.unit.UnitLimit;

/** The limit of a job's units, and how many of them are throttled. */
@Embeddable
public class Throttle {
  @Column(name = "max_running")
  private Integer maxRunning;

  @Column(name = "max_per_second")
  private Double maxPerSecond;

  @Embedded private TokenBucket bucket = new TokenBucket();

  @Column(name = "throttled")
  private long held;

  protected Throttle() {}

  Throttle(UnitLimit limit) {
    maxRunning = limit.maxRunning() == Integer.MAX_VALUE ? null : limit.maxRunning();
    maxPerSecond = limit.hasRate() ? limit.maxPerSecond() : null;
  }

  public UnitLimit limit() {
    return new UnitLimit(
        maxRunning == null ? Integer.MAX_VALUE : maxRunning,
        maxPerSecond == null ? Double.POSITIVE_INFINITY : maxPerSecond);
  }

  private boolean isLimited() {
    return maxRunning != null || maxPerSecond != null;
  }

  /** The state in which units begin: the limit of a job decides when they are queued. */
  public UnitState begin() {
    return isLimited() ? UnitState.THROTTLED : UnitState.QUEUED;
  }

  /** How many units are throttled. */
  public long held() {
    return held;
  }

  /** Adds units that were stored, or are retried. */
  public void hold(long more) {
    held += isLimited() ? more : 0;
  }

  /** Records that no unit is throttled. */
  public void holdNone() {
    held = 0;
  }

  /**
   * How many of the throttled units may be queued now.
   *
   * @param unended how many of the job's units have not ended
   * @param running how many of the job's units run; needed only where there is a rate
   */
  public int mayQueue(long unended, long running, Instant now) {
    var limit = limit();
    bucket.refill(limit, now);
    long open = unended - held;
    // Units that are queued already count against the rate too.
    long byRate =
        limit.hasRate()
            ? Math.min(bucket.allowed(limit), (long) limit.burst() - (open - running))
            : Integer.MAX_VALUE;
    return (int) Math.max(0, Math.min(held, Math.min(byRate, limit.maxRunning() - open)));
  }

  /** Records that throttled units were queued. */
  public void queued(long units) {
    held -= units;
    bucket.take(units);
  }
}
