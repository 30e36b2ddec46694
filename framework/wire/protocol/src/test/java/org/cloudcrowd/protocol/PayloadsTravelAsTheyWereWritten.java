package org.cloudcrowd.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.cloudcrowd.protocol.json.WireJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadsTravelAsTheyWereWritten {
  private final ObjectMapper json = WireJson.newMapper();

  /** A record as those of the wire. */
  record Message(JsonNode input, ObjectNode options) {}

  /** Gives one byte at each read, as a slow network may. */
  private static final class Slow extends ByteArrayInputStream {
    Slow(byte[] bytes) {
      super(bytes);
    }

    @Override
    public synchronized int read(byte[] bytes, int offset, int length) {
      return super.read(bytes, offset, Math.min(1, length));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e400",
        "-1E-400",
        "1.50",
        "0.1000000000000000055511151231257827021181583404541015625",
        "123456789012345678901234567890",
        "-0",
        "-0.0",
        "1.0E+2",
        "1e-7",
        "3.141592653589793238462643383279",
        "[1,2.0,{\"a\":1e5,\"ü\":[\"𝄞\",null,true]}]"
      })
  void aNumberKeepsItsText(String text) throws Exception {
    var read = json.readTree(text);

    assertThat(json.writeValueAsString(read)).isEqualTo(text);
    assertThat(read).hasToString(text);
    var message = "{\"input\":" + text + ",\"options\":{\"x\":" + text + "}}";
    assertThat(json.writeValueAsString(json.readValue(message, Message.class))).isEqualTo(message);
    assertThat(json.writeValueAsString(json.treeToValue(json.readTree(message), Message.class)))
        .isEqualTo(message);
    assertThat(json.valueToTree(json.readValue(message, Message.class)).toString())
        .isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e1000000000", "1e-1000000000", "1e99999999999999"})
  void anExponentIsBounded(String text) {
    assertThatThrownBy(() -> json.readTree(text))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("the number " + text + " has an exponent beyond 100000");
  }

  /** RFC 3629 has neither overlong forms nor surrogates nor code points beyond U+10FFFF. */
  @ParameterizedTest
  @CsvSource({
    "22c08022, 2",
    "22c1bf22, 2",
    "22e0808022, 2",
    "22f080808022, 2",
    "22eda08022, 2",
    "2261ff22, 3",
    "22f4908080 22, 2",
    "2261e282, 3"
  })
  void whatIsNotUtf8IsRefused(String hex, int at) {
    var bytes = HexFormat.of().parseHex(hex.replace(" ", ""));

    Stream.<InputStream>of(new ByteArrayInputStream(bytes), new Slow(bytes))
        .forEach(
            in ->
                assertThatThrownBy(() -> json.readTree(in))
                    .isInstanceOf(JsonProcessingException.class)
                    .hasMessageContaining("the text is not UTF-8 from byte " + at + " on"));
    assertThatThrownBy(() -> json.readTree(bytes))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("the text is not UTF-8 from byte " + at + " on");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32BE"})
  void otherEncodingsAreRefused(String charset) {
    var bytes = "{\"a\":1}".getBytes(Charset.forName(charset));

    assertThatThrownBy(() -> json.readTree(bytes))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("JSON is UTF-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"\\ud800\"", "[\"a\\udc00b\"]", "{\"\\ud83d\":1}", "\"\\udc00\\ud800\""})
  void halfOfASurrogatePairIsRefused(String text) {
    assertThatThrownBy(() -> json.readTree(text))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("a string has half of a surrogate pair");
  }

  @Test
  void aSurrogatePairIsOneCharacter() throws Exception {
    assertThat(json.readTree("\"\\ud834\\udd1e\"").textValue()).isEqualTo("𝄞");
  }

  /** RFC 8259, section 8.1: parsers may ignore it. */
  @Test
  void aByteOrderMarkIsIgnored() throws IOException {
    assertThat(json.readTree("\uFEFF{}".getBytes(StandardCharsets.UTF_8)).isObject()).isTrue();
  }

  @Test
  void aNodeOfTheWrongKindIsAFaultOfItsField() {
    assertThatThrownBy(() -> json.readValue("{\"options\":[]}", Message.class))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("options");
  }

  @Test
  void nullIsANodeAndWhatIsMissingIsNone() throws Exception {
    assertThat(json.readValue("{\"input\":null}", Message.class).input().isNull()).isTrue();
    assertThat(json.readValue("{}", Message.class).input()).isNull();
  }
}
