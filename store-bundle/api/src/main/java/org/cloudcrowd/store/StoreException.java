package org.cloudcrowd.store;

/** An operation did not happen, because the database could not do it. */
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what failed and why. */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
