package org.cloudcrowd.server;

/** A request that does not fit what is there now. Nothing was changed. */
public final class ConflictException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says what it does not fit. */
  public ConflictException(String message) {
    super(message);
  }

  /** Says what it does not fit, and how that was found out. */
  public ConflictException(String message, Throwable cause) {
    super(message, cause);
  }
}
