package org.cloudcrowd.shell;

/**
 * A command was refused. The shell shows the message, a sentence for its user, and no stack trace.
 */
public final class CommandRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommandRefusedException(String message) {
    super(message);
  }

  public CommandRefusedException(Exception cause) {
    super(cause.getMessage(), cause);
  }

  /** The message, since the shell prints an exception by its string. */
  @Override
  @SuppressWarnings("OverrideThrowableToString")
  public String toString() {
    return getMessage();
  }
}
