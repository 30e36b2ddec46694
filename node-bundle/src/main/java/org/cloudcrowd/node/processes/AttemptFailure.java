package org.cloudcrowd.node.processes;

import org.cloudcrowd.protocol.server.FailureReason;

/**
 * An attempt has no answer: what was to run it could not start, or ended before it had answered.
 */
public final class AttemptFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;

  /** Says why there is no answer. */
  public AttemptFailure(FailureReason reason, String message) {
    this(reason, message, null);
  }

  /** As above, because of something else. */
  public AttemptFailure(FailureReason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What kind of failure of the attempt this is. */
  public FailureReason reason() {
    return reason;
  }
}
