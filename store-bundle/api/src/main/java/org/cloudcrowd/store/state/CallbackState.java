package org.cloudcrowd.store.state;

import java.util.EnumSet;
import java.util.Set;

/**
 * The states of a job's callback, with the states that each may change to.
 *
 * <p>The diagram in {@code docs/life-cycle.md} shows these arrows.
 */
public enum CallbackState {
  /** The job is complete, and its receiver is to be told. */
  WAITING,
  /** The receiver has accepted it. */
  DELIVERED,
  /** The receiver has not accepted it for so long that it is not tried any more. */
  GIVEN_UP,
  /** The job was retried before the receiver had accepted it. */
  WITHDRAWN;

  /** The states that a callback in this state may change to. */
  public Set<CallbackState> successors() {
    return switch (this) {
      case WAITING -> EnumSet.of(DELIVERED, GIVEN_UP, WITHDRAWN);
      case DELIVERED, GIVEN_UP, WITHDRAWN -> EnumSet.of(WAITING);
    };
  }

  /**
   * Changes a callback's state.
   *
   * @param next the state to change to
   * @param jobId whose callback it is, for the message
   * @return {@code next}
   * @throws IllegalStateChangeException if this state has no such successor
   */
  public CallbackState changeTo(CallbackState next, long jobId) {
    if (!successors().contains(next)) {
      throw new IllegalStateChangeException("the callback of job " + jobId, this, next);
    }
    return next;
  }
}
