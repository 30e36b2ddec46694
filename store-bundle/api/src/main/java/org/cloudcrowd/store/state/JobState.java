package org.cloudcrowd.store.state;

import java.util.EnumSet;
import java.util.Set;

/**
 * The states of a job, with the states that each may change to.
 *
 * <p>The diagram in {@code docs/life-cycle.md} shows these arrows.
 */
public enum JobState {
  /** It waits for a time, or for other jobs. */
  WAITING,
  /** Its inputs are being split. */
  SPLITTING,
  /** Its units are being processed. */
  PROCESSING,
  /** The outputs of its units are being merged. */
  MERGING,
  /** Complete, with outputs. */
  SUCCEEDED,
  /** Complete, because a unit failed after its last attempt. */
  FAILED,
  /** Complete, because it was cancelled. */
  CANCELLED;

  /** The states that a job in this state may change to. */
  public Set<JobState> successors() {
    return switch (this) {
      case WAITING -> EnumSet.of(SPLITTING, PROCESSING, CANCELLED);
      case SPLITTING -> EnumSet.of(PROCESSING, CANCELLED);
      case PROCESSING -> EnumSet.of(MERGING, SUCCEEDED, FAILED, CANCELLED);
      case MERGING -> EnumSet.of(SUCCEEDED, FAILED, CANCELLED);
      case FAILED -> EnumSet.of(SPLITTING, PROCESSING, MERGING);
      case CANCELLED -> EnumSet.of(WAITING, SPLITTING, PROCESSING, MERGING);
      case SUCCEEDED -> EnumSet.noneOf(JobState.class);
    };
  }

  /** Whether nothing more will happen to a job in this state, unless it is retried. */
  public boolean isComplete() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }

  /**
   * Changes a job's state.
   *
   * @param next the state to change to
   * @param jobId whose state it is, for the message
   * @return {@code next}
   * @throws IllegalStateChangeException if this state has no such successor
   */
  public JobState changeTo(JobState next, long jobId) {
    if (!successors().contains(next)) {
      throw new IllegalStateChangeException("job " + jobId, this, next);
    }
    return next;
  }
}
