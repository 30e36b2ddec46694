package org.cloudcrowd.store.job;

import java.time.Instant;
import java.util.List;

/**
 * What a job waits for before it begins.
 *
 * @param notBefore a time, or null for none
 * @param after jobs that must have succeeded, in the order in which the job takes their outputs
 * @param action whether no node has advertised its action yet, so that its stages are not known
 */
public record Prerequisites(Instant notBefore, List<Long> after, boolean action) {
  /** Nothing: the job begins at once. */
  public static final Prerequisites NONE = new Prerequisites(null, List.of());

  /** What a job of a known action waits for. */
  public Prerequisites(Instant notBefore, List<Long> after) {
    this(notBefore, after, false);
  }

  /** The same, and its action. */
  public Prerequisites andAction() {
    return new Prerequisites(notBefore, after, true);
  }

  /** Whether there is nothing to wait for. */
  public boolean isEmpty() {
    return notBefore == null && after.isEmpty() && !action;
  }
}
