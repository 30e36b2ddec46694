package org.cloudcrowd.protocol.ruby;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The fields of a form, {@code application/x-www-form-urlencoded}, in their order. */
public final class Form {
  /** The media type. */
  public static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

  private final Map<String, String> fields = new LinkedHashMap<>();

  /**
   * Reads a form. Of a repeated field, the last value counts.
   *
   * @throws IllegalArgumentException if a percent sign is not followed by two hex digits
   */
  public static Form decode(String text) {
    var form = new Form();
    for (String pair : text.split("&", -1)) {
      if (!pair.isEmpty()) {
        var parts = pair.split("=", 2);
        form.fields.put(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
      }
    }
    return form;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Adds a field; one that is null is left out. */
  public Form with(String name, Object value) {
    if (value != null) {
      fields.put(name, value.toString());
    }
    return this;
  }

  /** The value of a field, or null where it is missing. */
  public String get(String name) {
    return fields.get(name);
  }

  /** The form as a body. */
  public String encode() {
    return fields.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
