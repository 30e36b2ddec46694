package org.cloudcrowd.node.workers;

import org.cloudcrowd.protocol.server.FailureReason;

/** There is no answer of a worker: it could not start, or ended before it had answered. */
public final class WorkerFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;

  /** Says why there is no answer. */
  public WorkerFailure(FailureReason reason, String message) {
    this(reason, message, null);
  }

  WorkerFailure(FailureReason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What kind of failure of the attempt this is. */
  public FailureReason reason() {
    return reason;
  }
}
