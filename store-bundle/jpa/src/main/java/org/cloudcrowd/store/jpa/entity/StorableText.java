package org.cloudcrowd.store.jpa.entity;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/**
 * Replaces characters in the texts of entities that a database refuses or changes: PostgreSQL takes
 * no NUL (SQLSTATE 22021), and half of a surrogate pair, which has no form in UTF-8, reaches it as
 * a question mark and Derby as it is.
 */
@Converter(autoApply = true)
public final class StorableText implements AttributeConverter<String, String> {
  private static final char REPLACEMENT = '\uFFFD';

  /** The width of the columns of messages, in characters. */
  private static final int MAX_MESSAGE = 8000;

  /** The text, or a copy whose characters can all be stored. */
  static String of(String text) {
    return text == null || text.codePoints().allMatch(StorableText::isStorable)
        ? text
        : text.codePoints()
            .map(c -> isStorable(c) ? c : REPLACEMENT)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  /** The beginning of a message, as much of it as its column has room for. */
  public static String message(String text) {
    return text == null || text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE);
  }

  /** A code point that is a surrogate is unpaired: a pair is one code point. */
  private static boolean isStorable(int codePoint) {
    return codePoint != 0 && Character.getType(codePoint) != Character.SURROGATE;
  }

  @Override
  public String convertToDatabaseColumn(String text) {
    return of(text);
  }

  @Override
  public String convertToEntityAttribute(String text) {
    return text;
  }
}
