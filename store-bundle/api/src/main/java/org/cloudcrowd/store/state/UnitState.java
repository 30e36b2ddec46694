package org.cloudcrowd.store.state;

import java.util.EnumSet;
import java.util.Set;

/**
 * The states of a work unit, with the states that each may change to.
 *
 * <p>A split unit that succeeds has no last state: it becomes the units to process, and is gone.
 * The diagram in {@code docs/life-cycle.md} shows these arrows.
 */
public enum UnitState {
  /** Waits for its job to begin. */
  WAITING,
  /** Waits for the limit of its job. */
  THROTTLED,
  /** Waits for a node. */
  QUEUED,
  /** Waits for its time, after an attempt that failed. */
  DELAYED,
  /** Leased to a node. */
  RUNNING,
  /** Complete, with an output. */
  SUCCEEDED,
  /** Complete, because its last attempt failed. */
  FAILED,
  /** Complete, because its job was cancelled. */
  CANCELLED;

  /** The states that a unit in this state may change to. */
  public Set<UnitState> successors() {
    return switch (this) {
      case WAITING -> EnumSet.of(THROTTLED, QUEUED, CANCELLED);
      case THROTTLED -> EnumSet.of(QUEUED, CANCELLED);
      case QUEUED -> EnumSet.of(RUNNING, CANCELLED);
      case DELAYED -> EnumSet.of(QUEUED, CANCELLED);
      case RUNNING -> EnumSet.of(QUEUED, DELAYED, SUCCEEDED, FAILED, CANCELLED);
      case FAILED -> EnumSet.of(THROTTLED, QUEUED);
      case CANCELLED -> EnumSet.of(WAITING, THROTTLED, QUEUED);
      case SUCCEEDED -> EnumSet.noneOf(UnitState.class);
    };
  }

  /** Whether nothing more will happen to a unit in this state, unless its job is retried. */
  public boolean isComplete() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }

  /**
   * Changes a unit's state.
   *
   * @param next the state to change to
   * @param unitId whose state it is, for the message
   * @return {@code next}
   * @throws IllegalStateChangeException if this state has no such successor
   */
  public UnitState changeTo(UnitState next, long unitId) {
    if (!successors().contains(next)) {
      throw new IllegalStateChangeException("work unit " + unitId, this, next);
    }
    return next;
  }
}
