package org.cloudcrowd.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.cloudcrowd.protocol.json.JsonFaults;
import org.cloudcrowd.protocol.json.WireJson;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FaultsOfJsonAreSentences {
  private final ObjectMapper json = WireJson.newMapper();

  /** A record as those of the wire. */
  record Message(String name, Integer count, boolean open, List<String> parts, Message inner) {}

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("", "the text is empty"),
        Arguments.of("{\"a\":", "the text ends too early (line 1, column 6)"),
        Arguments.of("[1,\n2", "the text ends too early (line 2, column 2)"),
        Arguments.of("\"a", "the text ends too early (line 1, column 3)"),
        Arguments.of("{}\n{}", "something follows the value (line 2, column 1)"),
        Arguments.of(
            "{\"a\":1,\"a\":2}", "the name 'a' stands twice in an object (line 1, column 11)"),
        Arguments.of(
            "{a:1}", "a name in double quotes is expected in place of 'a' (line 1, column 2)"),
        Arguments.of("{\"a\" 1}", "':' is expected in place of '1' (line 1, column 6)"),
        Arguments.of("{\"a\":1 2}", "',' or '}' is expected in place of '2' (line 1, column 8)"),
        Arguments.of("[1 2]", "',' or ']' is expected in place of '2' (line 1, column 4)"),
        Arguments.of("[1,]", "no value begins with ']' (line 1, column 4)"),
        Arguments.of("[1}", "'}' stands where ']' is expected (line 1, column 3)"),
        Arguments.of("'a'", "no value begins with ''' (line 1, column 1)"),
        Arguments.of("nul", "'nul' is no JSON value (line 1, column 4)"),
        Arguments.of("NaN", "'NaN' is no JSON value (line 1, column 4)"),
        Arguments.of("-Infinity", "'-Infinity' is no JSON value (line 1, column 10)"),
        Arguments.of("01", "a number begins with a zero too many (line 1, column 2)"),
        Arguments.of("1.", "a number has no digit after its decimal point (line 1, column 2)"),
        Arguments.of("[1.x]", "a number has no digit after its decimal point (line 1, column 4)"),
        Arguments.of("[1e]", "a number has no digit in its exponent (line 1, column 4)"),
        Arguments.of("[-]", "a minus sign has no digit after it (line 1, column 3)"),
        Arguments.of("\"\\x\"", "a string has \\x, which is no escape of JSON (line 1, column 3)"),
        Arguments.of(
            "\"\\u12\"", "a string has \\u without four hexadecimal digits (line 1, column 6)"),
        Arguments.of(
            "\"a\nb\"",
            "a string has the control character 10, which must be written as an escape (line 1,"
                + " column 3)"),
        Arguments.of(
            "[\u0001]", "the control character 1 stands between values (line 1, column 3)"),
        Arguments.of(
            "1e999999", "the number 1e999999 has an exponent beyond 100000 (line 1, column 9)"),
        Arguments.of(
            "\"\\ud800\"",
            "a string has half of a surrogate pair, \\ud800, alone (line 1, column 9)"),
        Arguments.of("1".repeat(1001), "a number has more than 1000 digits"),
        Arguments.of("[".repeat(201), "it is nested deeper than 200"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aTextThatIsNoJson(String text, String sentence) {
    var fault =
        catchThrowableOfType(
            JsonProcessingException.class,
            () -> json.readValue(text.getBytes(StandardCharsets.UTF_8), JsonNode.class));

    assertThat(JsonFaults.isOfType(fault)).isFalse();
    assertThat(JsonFaults.sentence(fault)).isEqualTo(sentence);
  }

  static Stream<Arguments> messages() {
    return Stream.of(
        Arguments.of("[]", "", "the value must be an object"),
        Arguments.of("{\"name\":{}}", "/name", "/name must be a string"),
        Arguments.of("{\"count\":\"many\"}", "/count", "/count must be a whole number"),
        Arguments.of(
            "{\"count\":99999999999}",
            "/count",
            "/count must be a whole number from -2147483648 to 2147483647"),
        Arguments.of("{\"open\":\"perhaps\"}", "/open", "/open must be true or false"),
        Arguments.of("{\"parts\":1}", "/parts", "/parts must be a list"),
        Arguments.of("{\"parts\":[[]]}", "/parts/0", "/parts/0 must be a string"),
        Arguments.of(
            "{\"inner\":{\"inner\":1}}", "/inner/inner", "/inner/inner must be an object"));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aValueOfTheWrongType(String text, String field, String sentence) {
    var fault =
        catchThrowableOfType(
            JsonProcessingException.class, () -> json.readValue(text, Message.class));

    assertThat(JsonFaults.isOfType(fault)).isTrue();
    assertThat(JsonFaults.field(fault)).isEqualTo(field);
    assertThat(JsonFaults.sentence(fault)).isEqualTo(sentence);
  }
}
