package org.cloudcrowd.store;

/**
 * An operation did not happen, because the database refuses a value of it: one that is too long, or
 * that breaks a constraint. Nothing has changed, and to repeat the operation changes nothing
 * either.
 */
public final class RefusedValueException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** Says what failed and why. */
  public RefusedValueException(String message, Throwable cause) {
    super(message, cause);
  }
}
