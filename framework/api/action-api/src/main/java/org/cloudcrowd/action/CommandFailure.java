package org.cloudcrowd.action;

/** A program that an action ran ended with an exit code other than 0. */
public final class CommandFailure extends ActionFailure {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final String output;

  /**
   * Fails for a command's sake.
   *
   * @param program the program's name
   * @param exitCode what it ended with; on Unix, 128 and a signal's number if that ended it
   * @param output the end of what it wrote, standard error first, possibly empty
   */
  public CommandFailure(String program, int exitCode, String output) {
    super(
        program
            + " ended with exit code "
            + exitCode
            + (output.isBlank() ? " and wrote nothing" : ": " + output.strip()));
    this.exitCode = exitCode;
    this.output = output;
  }

  /** What the program ended with. */
  public int exitCode() {
    return exitCode;
  }

  /** The end of what the program wrote, standard error first. */
  public String output() {
    return output;
  }
}
