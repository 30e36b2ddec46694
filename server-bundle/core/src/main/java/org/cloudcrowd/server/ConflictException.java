package org.cloudcrowd.server;

/** A request conflicts with the current state. Nothing was changed. */
public final class ConflictException extends Exception {
  private static final long serialVersionUID = 1L;

  public ConflictException(String message) {
    super(message);
  }

  public ConflictException(String message, Throwable cause) {
    super(message, cause);
  }
}
