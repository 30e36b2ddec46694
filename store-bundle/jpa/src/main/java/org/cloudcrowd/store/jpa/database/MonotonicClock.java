package org.cloudcrowd.store.jpa.database;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that starts with the system's time and is monotonic from then on, so that setting the
 * system's clock moves no lease.
 */
public final class MonotonicClock extends Clock {
  private final Instant start;
  private final long startNanos;

  public MonotonicClock() {
    this(Instant.now());
  }

  public MonotonicClock(Instant start) {
    this.start = start;
    this.startNanos = System.nanoTime();
  }

  public long elapsedNanos() {
    return System.nanoTime() - startNanos;
  }

  @Override
  public Instant instant() {
    return start.plusNanos(elapsedNanos());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return zone.equals(ZoneOffset.UTC) ? this : Clock.fixed(instant(), zone);
  }
}
