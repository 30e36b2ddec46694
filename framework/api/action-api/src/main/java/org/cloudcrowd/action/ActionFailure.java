package org.cloudcrowd.action;

/** Fails an attempt with a message for the person who submitted the job; no stack trace is kept. */
public class ActionFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Fails with a message.
   *
   * @param message what was wrong, where, and what to do
   */
  public ActionFailure(String message) {
    super(message);
  }

  /** As {@link #ActionFailure(String)}, keeping what caused it. */
  public ActionFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
