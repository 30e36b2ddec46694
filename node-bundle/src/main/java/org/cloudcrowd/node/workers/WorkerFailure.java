package org.cloudcrowd.node.workers;

/** A worker could not start, or ended before it had answered. */
public final class WorkerFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says why there is no answer. */
  public WorkerFailure(String message) {
    super(message);
  }

  WorkerFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
