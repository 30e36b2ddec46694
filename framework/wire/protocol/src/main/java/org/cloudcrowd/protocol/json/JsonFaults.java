package org.cloudcrowd.protocol.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Describes faults of JSON for its author. */
public final class JsonFaults {
  /** Messages of Jackson, by their beginnings, and what replaces them. */
  private static final List<Wording> WORDINGS =
      List.of(
          new Wording("No content to map.*", "the text is empty"),
          new Wording("Unexpected end-of-input.*", "the text ends too early"),
          new Wording("Trailing token.*", "something follows the value"),
          new Wording("Duplicate field '(.*)'", "the name '$1' stands twice in an object"),
          new Wording("Unrecognized token '(.*?)'.*", "'$1' is no JSON value"),
          new Wording("Non-standard token '(.*?)'.*", "'$1' is no JSON value"),
          new Wording(
              "Illegal unquoted character \\(\\(CTRL-CHAR, code (\\d+)\\)\\).*",
              "a string has the control character $1, which must be written as an escape"),
          new Wording(
              "Unrecognized character escape '(.)'.*",
              "a string has \\\\$1, which is no escape of JSON"),
          new Wording(
              ".*expected a hex-digit for character escape sequence.*",
              "a string has \\\\u without four hexadecimal digits"),
          new Wording(".*Leading zeroes not allowed.*", "a number begins with a zero too many"),
          new Wording(
              ".*Decimal point not followed by a digit.*",
              "a number has no digit after its decimal point"),
          new Wording(
              ".*Exponent indicator not followed by a digit.*",
              "a number has no digit in its exponent"),
          new Wording(
              ".*to follow minus sign, for valid numeric value.*",
              "a minus sign has no digit after it"),
          new Wording(
              "Unexpected close marker '(.)': expected '(.)'.*",
              "'$1' stands where '$2' is expected"),
          new Wording(
              "Unexpected character \\('(.)' .*separate Object entries.*",
              "',' or '}' is expected in place of '$1'"),
          new Wording(
              "Unexpected character \\('(.)' .*separate Array entries.*",
              "',' or ']' is expected in place of '$1'"),
          new Wording(
              "Unexpected character \\('(.)' .*separate field name and value.*",
              "':' is expected in place of '$1'"),
          new Wording(
              "Unexpected character \\('(.)' .*start field name.*",
              "a name in double quotes is expected in place of '$1'"),
          new Wording("Unexpected character \\('(.)' .*", "no value begins with '$1'"),
          new Wording(
              "(Unexpected|Illegal) character \\(\\(CTRL-CHAR, code (\\d+)\\)\\).*",
              "the control character $2 stands between values"),
          new Wording("Document nesting depth.*", "it is nested deeper than " + WireJson.MAX_DEPTH),
          new Wording(
              "String (value )?length.*",
              "a string is longer than " + WireJson.MAX_STRING_CHARACTERS + " characters"),
          new Wording(
              "Document length.*", "it is longer than " + WireJson.MAX_DOCUMENT_BYTES + " bytes"),
          new Wording(
              "Number value length.*maximum allowed \\((\\d+).*",
              "a number has more than $1 digits"),
          new Wording(
              "Name (value )?length.*maximum allowed \\((\\d+).*",
              "a name is longer than $2 characters"));

  private JsonFaults() {}

  private record Wording(Pattern said, String words) {
    Wording(String said, String words) {
      this(Pattern.compile(said, Pattern.DOTALL), words);
    }
  }

  /** Describes a fault in a sentence, with its line and column or its field. */
  public static String sentence(JsonProcessingException fault) {
    if (!isOfType(fault)) {
      return reason(fault) + place(fault);
    }
    var field = field(fault);
    return (field.isEmpty() ? "the value" : field) + " " + reason(fault);
  }

  /** Whether the text is JSON, and a value in it has the wrong type. */
  public static boolean isOfType(JsonProcessingException fault) {
    return targetType(fault) != null
        && !fault.getOriginalMessage().startsWith("No content")
        && !fault.getOriginalMessage().startsWith("Trailing token");
  }

  private static Class<?> targetType(JsonProcessingException fault) {
    if (fault instanceof MismatchedInputException mismatch) {
      return mismatch.getTargetType();
    }
    return innermost(fault) instanceof InputCoercionException coercion
        ? coercion.getTargetType()
        : null;
  }

  private static String range(JsonProcessingException fault) {
    if (!(innermost(fault) instanceof InputCoercionException)) {
      return "";
    }
    var type = targetType(fault);
    return type == int.class || type == Integer.class
        ? " from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE
        : " from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE;
  }

  /** The JSON Pointer (RFC 6901) of the invalid value; empty where it is the whole document. */
  public static String field(JsonProcessingException fault) {
    return fault instanceof JsonMappingException mapping
        ? mapping.getPath().stream()
            .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
            .map(step -> "/" + step)
            .collect(Collectors.joining())
        : "";
  }

  /** Describes a fault without its place. */
  public static String reason(JsonProcessingException fault) {
    if (isOfType(fault)) {
      return "must be " + inJson(targetType(fault)) + range(fault);
    }
    var said = innermost(fault).getOriginalMessage();
    for (Wording wording : WORDINGS) {
      var matcher = wording.said().matcher(said);
      if (matcher.matches()) {
        return matcher.replaceFirst(wording.words());
      }
    }
    return said;
  }

  private static JsonProcessingException innermost(JsonProcessingException fault) {
    var innermost = fault;
    while (innermost.getCause() instanceof JsonProcessingException cause) {
      innermost = cause;
    }
    return innermost;
  }

  private static String place(JsonProcessingException fault) {
    JsonLocation where = innermost(fault).getLocation();
    return where == null || where.getLineNr() < 1 || where.getColumnNr() < 1
        ? ""
        : " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")";
  }

  private static String inJson(Class<?> type) {
    if (Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    if (CharSequence.class.isAssignableFrom(type) || type.isEnum()) {
      return "a string";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    return type.isPrimitive() || Number.class.isAssignableFrom(type)
        ? "a whole number"
        : "an object";
  }
}
