package org.cloudcrowd.node.processes;

import org.cloudcrowd.protocol.node.FailureReason;

/** An attempt has no result: its process could not start, or ended before it returned one. */
public final class AttemptFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;

  public AttemptFailure(FailureReason reason, String message) {
    this(reason, message, null);
  }

  public AttemptFailure(FailureReason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** The kind of failure. */
  public FailureReason reason() {
    return reason;
  }
}
