package org.cloudcrowd.server;

/** A request that is understood, and cannot be done as it is. Nothing was changed. */
public final class InvalidRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * Refuses a request for a field's sake.
   *
   * @param field the field at fault, as a JSON Pointer, for example {@code /inputs/3}
   * @param message what is wrong with it, and what to do
   */
  public InvalidRequestException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The field at fault, as a JSON Pointer. */
  public String field() {
    return field;
  }
}
