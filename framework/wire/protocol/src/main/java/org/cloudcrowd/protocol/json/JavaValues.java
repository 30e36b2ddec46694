package org.cloudcrowd.protocol.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** Converts JSON to plain values of Java. */
public final class JavaValues {
  private JavaValues() {}

  /**
   * A value of JSON as a string, boolean, number, list, map, or null.
   *
   * <p>A number without fraction and exponent is an {@link Integer}, or a {@link Long} or {@link
   * BigInteger} where it needs one. Any other is a {@link Double}, or a {@link BigDecimal} where a
   * double would be written as another number, as that of {@code 1e400} and of {@code
   * 0.10000000000000001}.
   */
  public static Object of(JsonNode value) {
    if (value == null) {
      return null;
    }
    return switch (value.getNodeType()) {
      case OBJECT -> {
        var map = new LinkedHashMap<String, Object>();
        value.properties().forEach(member -> map.put(member.getKey(), of(member.getValue())));
        yield map;
      }
      case ARRAY -> {
        var list = new ArrayList<Object>(value.size());
        value.forEach(element -> list.add(of(element)));
        yield list;
      }
      case NUMBER -> value.isBigDecimal() ? decimal(value.decimalValue()) : value.numberValue();
      case BOOLEAN -> value.booleanValue();
      case NULL, MISSING -> null;
      default -> value.asText();
    };
  }

  private static Number decimal(BigDecimal written) {
    // By its text, since a decimal has no negative zero.
    double nearest = Double.parseDouble(written.toString());
    return Double.isFinite(nearest) && BigDecimal.valueOf(nearest).compareTo(written) == 0
        ? Double.valueOf(nearest)
        : written;
  }
}
