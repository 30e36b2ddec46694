package org.cloudcrowd.store;

/** How an attempt at a work unit ended. */
public enum AttemptOutcome {
  /** The stage returned. */
  SUCCEEDED,
  /** The action said that it failed, or threw. */
  FAILED,
  /** The worker ended before it had answered, with an exit code or by a signal. */
  WORKER_DIED,
  /** It took longer than its timeout, and was killed. */
  TIMED_OUT,
  /** The worker needed more memory than it may have. */
  OUT_OF_MEMORY,
  /** The node fell silent or forgot the unit; its lease ended. */
  NODE_LOST,
  /** The node gave the unit back before it had ended. */
  HANDED_BACK,
  /** The job was cancelled. */
  CANCELLED;

  /** Whether it may have made files that nobody wants. */
  public boolean leavesFiles() {
    return this != SUCCEEDED;
  }

  /** Whether somebody saw its end, so that it makes no more files. */
  public boolean isKnownToHaveEnded() {
    return switch (this) {
      case SUCCEEDED, FAILED, WORKER_DIED, TIMED_OUT, OUT_OF_MEMORY, HANDED_BACK -> true;
      case NODE_LOST, CANCELLED -> false;
    };
  }

  /** Whether the unit itself is to blame, so that the attempt is one of those it may fail. */
  public boolean countsAsFailure() {
    return switch (this) {
      case FAILED, WORKER_DIED, TIMED_OUT, OUT_OF_MEMORY -> true;
      case SUCCEEDED, NODE_LOST, HANDED_BACK, CANCELLED -> false;
    };
  }
}
