package org.cloudcrowd.store.jpa.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Duration;
import org.cloudcrowd.store.Backoff;
import org.cloudcrowd.store.job.JobRules;

/** How often a job's units are attempted, and after which backoff. */
@Embeddable
public class RetryPolicy {
  @Column(name = "max_attempts")
  private int maxAttempts;

  @Column(name = "backoff_millis")
  private long backoffMillis;

  @Column(name = "max_backoff_millis")
  private long maxBackoffMillis;

  protected RetryPolicy() {}

  RetryPolicy(JobRules rules) {
    maxAttempts = rules.maxAttempts();
    backoffMillis = rules.backoff().toMillis();
    maxBackoffMillis = rules.maxBackoff().toMillis();
  }

  /** Whether a unit has failed for good after this many failures. */
  public boolean isLastFailure(int failures) {
    return failures >= maxAttempts;
  }

  /** The backoff before a unit's next attempt, as {@link Backoff#after} has it. */
  public Duration backoff(int failures, double jitter) {
    return new Backoff(Duration.ofMillis(backoffMillis), Duration.ofMillis(maxBackoffMillis))
        .after(failures, jitter);
  }
}
