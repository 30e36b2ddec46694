package org.cloudcrowd.protocol.ruby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.cloudcrowd.protocol.json.WireJson;
import org.junit.jupiter.api.Test;

class RubyFormsAreReadAndWritten {
  private final ObjectMapper json = WireJson.newMapper();

  @Test
  void aFormKeepsWhatItIsGiven() {
    var form = new Form().with("a b", "ü&=+%").with("none", null).with("empty", "");

    assertThat(form.encode()).isEqualTo("a+b=%C3%BC%26%3D%2B%25&empty=");
    var read = Form.decode(form.encode());
    assertThat(read.get("a b")).isEqualTo("ü&=+%");
    assertThat(read.get("empty")).isEmpty();
    assertThat(read.get("none")).isNull();
    assertThat(Form.decode("").get("a")).isNull();
    assertThat(Form.decode("flag").get("flag")).isEmpty();
    assertThatThrownBy(() -> Form.decode("a=%zz")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCheckInMayLeaveOutWhatOldNodesDo() {
    assertThat(RubyCheckIn.of(Form.decode("port=9063")))
        .isEqualTo(new RubyCheckIn(false, null, null, List.of()));
    var whole = new RubyCheckIn(true, "big", 4, List.of("a", "b"));
    assertThat(RubyCheckIn.of(Form.decode(whole.form().encode()))).isEqualTo(whole);
    assertThat(RubyCheckIn.of(Form.decode("enabled_actions=a,%20a,,b&max_workers=&tag=")))
        .isEqualTo(new RubyCheckIn(false, null, null, List.of("a", "b")));
  }

  @Test
  void aResultHasItsOutputInAWrapping() throws Exception {
    var result = new RubyResult(7, 12, 0.5, true, json.readTree("{\"x\": [1]}"));

    assertThat(RubyResult.of(7, Form.decode(result.form(json).encode()), json)).isEqualTo(result);
    assertThat(result.form(json).get("output")).isEqualTo("{\"output\":{\"x\":[1]}}");
    assertFault("status=2", "status must be succeeded or failed");
    assertFault("status=failed&output={}", "output must be a JSON object with a field output");
    assertFault("status=failed&output=%7B", "output is no JSON");
    assertFault("status=failed&pid=me&output={}", "pid must be a number");
  }

  private void assertFault(String form, String message) {
    assertThatThrownBy(() -> RubyResult.of(1, Form.decode(form), json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void anInputTravelsAsAText() throws Exception {
    for (String value : List.of("\"http://a/\"", "[1,\"[\"]", "{\"a\":null}", "\"[no json\"")) {
      JsonNode input = json.readTree(value);
      assertThat(unit(RubyUnit.input(input)).input(json)).isEqualTo(input);
    }
    assertThat(unit("12").input(json)).isEqualTo(TextNode.valueOf("12"));
    assertThat(unit(" [1]").input(json)).isEqualTo(TextNode.valueOf(" [1]"));
    assertThat(unit(null).input(json)).isEqualTo(TextNode.valueOf(""));
  }

  private static RubyUnit unit(String input) {
    return new RubyUnit(1, 1, input, 0, "a", null, 1);
  }
}
