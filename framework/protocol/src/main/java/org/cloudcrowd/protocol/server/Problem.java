package org.cloudcrowd.protocol.server;

/**
 * What went wrong with a request, as RFC 9457 has it.
 *
 * @param type a URI that names the kind of problem; {@code about:blank} where the status says all
 * @param title the kind of problem, in words
 * @param status the HTTP status
 * @param detail what was wrong with this request, and what to do
 * @param field the field at fault, as a JSON Pointer, or null where no field is
 */
public record Problem(String type, String title, int status, String detail, String field) {
  /** The media type of a problem. */
  public static final String MEDIA_TYPE = "application/problem+json";
}
