package org.cloudcrowd.store;

import java.time.Instant;
import java.util.List;

/**
 * What a job waits for before it begins.
 *
 * @param notBefore a time, or null for none
 * @param after jobs that must have succeeded, in the order in which the job takes their outputs
 */
public record Prerequisites(Instant notBefore, List<Long> after) {
  /** Nothing: the job begins at once. */
  public static final Prerequisites NONE = new Prerequisites(null, List.of());

  /** Whether there is nothing to wait for. */
  public boolean isEmpty() {
    return notBefore == null && after.isEmpty();
  }
}
