package org.cloudcrowd.store.state;

/** A job or work unit cannot change from its state to another; the message names both. */
public final class IllegalStateChangeException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  IllegalStateChangeException(String subject, Enum<?> from, Enum<?> to) {
    super(subject + " cannot change from " + from + " to " + to);
  }
}
