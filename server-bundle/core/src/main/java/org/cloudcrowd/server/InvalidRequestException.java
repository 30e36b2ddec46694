package org.cloudcrowd.server;

import java.io.Serializable;
import java.util.List;

/** A request is invalid. Nothing was changed. */
public final class InvalidRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final List<Fault> faults;

  /**
   * One of several faults.
   *
   * @param field the field at fault, as a JSON Pointer
   * @param message what is wrong with it
   */
  public record Fault(String field, String message) implements Serializable {}

  /**
   * Refuses a request because of one field.
   *
   * @param field the field at fault, as a JSON Pointer, for example {@code /inputs/3}
   * @param message what is wrong and what to do
   */
  public InvalidRequestException(String field, String message) {
    super(message);
    this.field = field;
    this.faults = List.of();
  }

  /**
   * Refuses a request for several faults.
   *
   * @param faults at least one; the first is told as the exception's own
   */
  public InvalidRequestException(List<Fault> faults) {
    super(faults.get(0).message());
    this.field = faults.get(0).field();
    this.faults = List.copyOf(faults);
  }

  /** The faults, where there are several; else empty. */
  public List<Fault> faults() {
    return faults;
  }

  /** The field at fault, as a JSON Pointer. */
  public String field() {
    return field;
  }
}
