package org.cloudcrowd.server.config;

import java.util.Locale;
import org.cloudcrowd.server.InvalidRequestException;

/** Checks texts of requests. */
public final class Texts {
  private Texts() {}

  /**
   * Checks that a text is one line that every database and every log can store.
   *
   * @param field the JSON pointer or the name of what holds it
   * @param text null for none, which is valid
   * @param max the most characters
   * @throws InvalidRequestException if it has a control character, half of a surrogate pair, or
   *     more characters
   */
  public static void check(String field, String text, int max) throws InvalidRequestException {
    if (text == null) {
      return;
    }
    if (text.length() > max) {
      throw new InvalidRequestException(
          field, "a text of " + text.length() + " characters is too long; it may have " + max);
    }
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      int character = text.codePointAt(i);
      if (Character.isISOControl(character)
          || Character.getType(character) == Character.SURROGATE) {
        throw new InvalidRequestException(
            field,
            String.format(
                Locale.ROOT,
                "a text may not have the character U+%04X, which it has at %d",
                character,
                i + 1));
      }
    }
  }
}
