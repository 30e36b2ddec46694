package org.cloudcrowd.protocol.server;

import java.util.List;

/**
 * Why a request failed, by RFC 9457.
 *
 * @param type a URI that names the kind of problem; {@code about:blank} where the status says all
 * @param title the kind of problem, in words
 * @param status the HTTP status
 * @param detail what was wrong with this request, and what to do
 * @param field the field at fault, as a JSON Pointer, or null where no field is
 * @param errors each fault where there are several, the first of which is told above; else null
 */
public record Problem(
    String type, String title, int status, String detail, String field, List<Fault> errors) {
  /** The media type of a problem. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** A problem with one fault. */
  public Problem(String type, String title, int status, String detail, String field) {
    this(type, title, status, detail, field, null);
  }

  /**
   * One of several faults.
   *
   * @param field the field at fault, as a JSON Pointer
   * @param detail what is wrong with it
   */
  public record Fault(String field, String detail) {}
}
