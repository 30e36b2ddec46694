package org.cloudcrowd.store;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where a work unit is in its life, and where it may go from there.
 *
 * <p>A split unit that succeeds has no last state: it becomes the units to process, and is gone.
 */
public enum UnitState {
  /** Waits for a node. */
  QUEUED,
  /** On loan to a node, under a lease. */
  RUNNING,
  /** Complete, with an output. */
  SUCCEEDED,
  /** Complete, because its last attempt failed. */
  FAILED;

  /** The states that a unit in this state may change to. */
  public Set<UnitState> successors() {
    return switch (this) {
      case QUEUED -> EnumSet.of(RUNNING);
      case RUNNING -> EnumSet.of(QUEUED, SUCCEEDED, FAILED);
      case SUCCEEDED, FAILED -> EnumSet.noneOf(UnitState.class);
    };
  }

  /** Whether nothing more will happen to a unit in this state. */
  public boolean isComplete() {
    return this == SUCCEEDED || this == FAILED;
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
