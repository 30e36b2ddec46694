package org.cloudcrowd.server.jobs;

import java.util.regex.Pattern;
import org.cloudcrowd.server.InvalidRequestException;

/**
 * The end of a page of a list: an id, and a mark of the list, since the id is valid for that list
 * only.
 */
final class Cursor {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,18})-([0-9a-f]{1,8})");

  private Cursor() {}

  static String of(Object list, long id) {
    return id + "-" + mark(list);
  }

  /**
   * The id.
   *
   * @param text a cursor, or null for the start
   * @param start the id that the first page begins at
   */
  static long read(String text, Object list, long start) throws InvalidRequestException {
    if (text == null) {
      return start;
    }
    var cursor = FORM.matcher(text);
    if (!cursor.matches()) {
      throw new InvalidRequestException(
          "/after", "after must be the cursor that a page of this list ended with");
    }
    if (!cursor.group(2).equals(mark(list))) {
      throw new InvalidRequestException(
          "/after",
          "after is the cursor of another list: it goes with the filters of the page that it is"
              + " from");
    }
    return Long.parseLong(cursor.group(1));
  }

  private static String mark(Object list) {
    return Integer.toHexString(list.toString().hashCode());
  }
}
