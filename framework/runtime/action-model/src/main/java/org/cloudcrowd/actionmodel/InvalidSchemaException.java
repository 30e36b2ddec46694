package org.cloudcrowd.actionmodel;

/** A JSON Schema is invalid; the message says why. */
public final class InvalidSchemaException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidSchemaException(String message, Throwable cause) {
    super(message, cause);
  }
}
