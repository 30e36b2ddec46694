package org.cloudcrowd.store.state;

/** How an attempt at a work unit ended. */
public enum AttemptOutcome {
  /** The stage returned. */
  SUCCEEDED,
  /** The action failed or threw an exception. */
  FAILED,
  /** The worker ended before it had answered, with an exit code or by a signal. */
  WORKER_DIED,
  /** It took longer than its timeout, and was killed. */
  TIMED_OUT,
  /** The worker needed more memory than it may have. */
  OUT_OF_MEMORY,
  /** The node sent no heartbeat until the lease ended, or no longer named the unit in it. */
  NODE_LOST,
  /** The node gave the unit back before it had ended. */
  HANDED_BACK,
  /** The job was cancelled. */
  CANCELLED;

  /** Whether the attempt may have stored files that are to be deleted. */
  public boolean leavesFiles() {
    return this != SUCCEEDED;
  }

  /** Whether the attempt has certainly ended, so that it stores no more files. */
  public boolean isKnownToHaveEnded() {
    return switch (this) {
      case SUCCEEDED, FAILED, WORKER_DIED, TIMED_OUT, OUT_OF_MEMORY, HANDED_BACK -> true;
      case NODE_LOST, CANCELLED -> false;
    };
  }

  /** Whether the attempt is one of the failures that {@code max_attempts} limits. */
  public boolean countsAsFailure() {
    return switch (this) {
      case FAILED, WORKER_DIED, TIMED_OUT, OUT_OF_MEMORY -> true;
      case SUCCEEDED, NODE_LOST, HANDED_BACK, CANCELLED -> false;
    };
  }
}
