package org.cloudcrowd.store.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Duration;
import org.cloudcrowd.store.JobRules;

/** How often a job's units are attempted, and after which pauses. */
@Embeddable
public class Retries {
  @Column(name = "max_attempts")
  private int maxAttempts;

  @Column(name = "retry_delay_millis")
  private long retryDelayMillis;

  @Column(name = "max_retry_delay_millis")
  private long maxRetryDelayMillis;

  protected Retries() {}

  Retries(JobRules rules) {
    maxAttempts = rules.maxAttempts();
    retryDelayMillis = rules.retryDelay().toMillis();
    maxRetryDelayMillis = rules.maxRetryDelay().toMillis();
  }

  /** Whether a unit may fail no more after this many failures. */
  boolean isLastFailure(int failures) {
    return failures >= maxAttempts;
  }

  /**
   * The pause before a unit's next attempt: it doubles with each failure, up to a limit.
   *
   * @param failures how many attempts have failed, from 1
   * @param jitter from 0 to 1; it spreads the pause from 0.8 to 1.2 times itself, so that units
   *     that failed together do not come back together
   */
  Duration pause(int failures, double jitter) {
    double pause =
        Math.min(retryDelayMillis * Math.pow(2, failures - 1.0), (double) maxRetryDelayMillis);
    return Duration.ofMillis((long) (pause * (0.8 + 0.4 * jitter)));
  }
}
