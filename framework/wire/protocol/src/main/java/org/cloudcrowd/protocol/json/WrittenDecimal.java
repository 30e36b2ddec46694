package org.cloudcrowd.protocol.json;

import java.math.BigDecimal;

/**
 * A number that keeps its text: {@code 1e400}, {@code 0.10} and {@code -0} are written as they were
 * read.
 */
final class WrittenDecimal extends BigDecimal {
  private static final long serialVersionUID = 1L;

  private final String text;

  /**
   * Reads a number of JSON.
   *
   * @throws NumberFormatException if its exponent is too large for a decimal
   */
  WrittenDecimal(String text) {
    super(text);
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
