package org.cloudcrowd.store;

/** A job or work unit was told to change to a state that its state does not lead to. */
public final class IllegalStateChangeException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  IllegalStateChangeException(String subject, Enum<?> from, Enum<?> to) {
    super(subject + " cannot change from " + from + " to " + to);
  }
}
