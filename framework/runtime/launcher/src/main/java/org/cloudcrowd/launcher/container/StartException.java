package org.cloudcrowd.launcher.container;

/** A container cannot start, for a reason that the user can mend. */
public final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong and what to do, in one line
   */
  public StartException(String message) {
    super(message);
  }
}
