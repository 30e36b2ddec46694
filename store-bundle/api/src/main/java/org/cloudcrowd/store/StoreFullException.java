package org.cloudcrowd.store;

/** An operation did not happen, because the database has no room for what it would store. */
public final class StoreFullException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** Says where room is missing, and how much. */
  public StoreFullException(String message, Throwable cause) {
    super(message, cause);
  }
}
