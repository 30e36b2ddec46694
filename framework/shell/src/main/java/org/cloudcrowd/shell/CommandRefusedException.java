package org.cloudcrowd.shell;

/**
 * A command was asked for what cannot be. The shell shows the message, a sentence for its user, and
 * nothing else.
 */
public final class CommandRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Refused for a reason. */
  public CommandRefusedException(String message) {
    super(message);
  }

  /** Refused for a reason that something else gave. */
  public CommandRefusedException(Exception cause) {
    super(cause.getMessage(), cause);
  }

  /** The message: the shell shows an exception as it shows itself. */
  @Override
  @SuppressWarnings("OverrideThrowableToString")
  public String toString() {
    return getMessage();
  }
}
