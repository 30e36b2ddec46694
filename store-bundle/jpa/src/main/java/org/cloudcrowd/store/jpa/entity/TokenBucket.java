package org.cloudcrowd.store.jpa.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import java.time.Duration;
import java.time.Instant;
import org.cloudcrowd.store.unit.UnitLimit;

/**
 * A token bucket: how many more units may begin now. It is refilled at a rate, up to the units of
 * one second.
 */
@Embeddable
public class TokenBucket {
  private static final double MILLIS_PER_SECOND = 1000;

  @Column(name = "rate_tokens")
  private double tokens;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "rate_at")
  private Instant filledAt;

  /** Adds the tokens of the time since the last refill. */
  void refill(UnitLimit limit, Instant now) {
    if (limit.hasRate()) {
      double seconds =
          filledAt == null
              ? Double.POSITIVE_INFINITY
              : Math.max(0, Duration.between(filledAt, now).toMillis() / MILLIS_PER_SECOND);
      tokens = Math.min(limit.burst(), tokens + seconds * limit.maxPerSecond());
      filledAt = now;
    }
  }

  /** How many units may begin now. */
  long allowed(UnitLimit limit) {
    return limit.hasRate() ? (long) tokens : Integer.MAX_VALUE;
  }

  /** Takes tokens for units. */
  void take(long units) {
    tokens = Math.max(0, tokens - units);
  }
}
