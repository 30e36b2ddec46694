package org.cloudcrowd.schema;

/** What was given for a JSON Schema is none; the message says why. */
public final class InvalidSchemaException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidSchemaException(String message, Throwable cause) {
    super(message, cause);
  }
}
