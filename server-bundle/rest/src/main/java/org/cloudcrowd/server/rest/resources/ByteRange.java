package org.cloudcrowd.server.rest.resources;

import java.util.regex.Pattern;

/**
 * The range of bytes that a request asks for (RFC 9110, section 14). Several ranges, or ranges in
 * other units, are ignored, which that section allows.
 *
 * @param first the first byte, from 0
 * @param length the number of bytes; 0 where the range is beyond the file
 */
record ByteRange(long first, long length) {
  private static final Pattern BYTES = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  /**
   * Reads the header {@code Range}.
   *
   * @param header its value, or null
   * @param size how many bytes the file has
   * @return null where the whole file is to be answered
   */
  static ByteRange of(String header, long size) {
    var parts = header == null ? null : BYTES.matcher(header.strip());
    if (parts == null || !parts.matches()) {
      return null;
    }
    var from = parts.group(1);
    var to = parts.group(2);
    if (from.isEmpty()) {
      return to.isEmpty() ? null : last(Long.parseLong(to), size);
    }
    long first = Long.parseLong(from);
    long last = to.isEmpty() ? size - 1 : Math.min(Long.parseLong(to), size - 1);
    if (!to.isEmpty() && Long.parseLong(to) < first) {
      return null;
    }
    return new ByteRange(first, Math.max(0, last - first + 1));
  }

  private static ByteRange last(long count, long size) {
    long length = Math.min(count, size);
    return new ByteRange(size - length, length);
  }

  /** The value of the header {@code Content-Range}. */
  String header(long size) {
    return "bytes " + first + "-" + (first + length - 1) + "/" + size;
  }
}
