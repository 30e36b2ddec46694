package org.cloudcrowd.actionmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.math.BigDecimal;
import org.cloudcrowd.actionmodel.OptionsSchema.Fault;
import org.junit.jupiter.api.Test;

class OptionsKeepToTheirSchema {
  private static final String STEPS =
      """
      {"type": "object", "required": ["steps"], "additionalProperties": false,
       "properties": {
         "steps": {"type": "array", "items": {"$ref": "#/$defs/step"}},
         "lines": {"type": "integer", "minimum": 1}},
       "$defs": {"step": {"type": "object", "required": ["name"]}}}
      """;

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  @Test
  void whatIsRightHasNoFault() throws Exception {
    assertThat(OptionsSchema.of(json(STEPS)).faults(json("{\"steps\": [{\"name\": 1}]}")))
        .isEmpty();
  }

  @Test
  void eachFaultHasItsPlace() throws Exception {
    var faults =
        OptionsSchema.of(json(STEPS)).faults(json("{\"steps\": [{}], \"lines\": 0, \"x\": 1}"));

    assertThat(faults)
        .extracting(Fault::pointer)
        .containsExactlyInAnyOrder("/steps/0", "/lines", "");
    assertThat(faults)
        .filteredOn(Fault::isUnknownField)
        .extracting(Fault::pointer)
        .containsExactly("");
    assertThat(faults).extracting(Fault::message).anyMatch(text -> text.contains("'name'"));
  }

  @Test
  void numbersBeyondDoublesAreCompared() throws Exception {
    var schema =
        OptionsSchema.of(
            json(
                "{\"properties\": {\"n\": {\"type\": \"number\", \"multipleOf\": 3, \"maximum\": 5,"
                    + " \"enum\": [0.5, 1], \"const\": 1}, \"i\": {\"type\": \"integer\"}}}"));
    var options = JsonNodeFactory.instance.objectNode();
    options.set("n", DecimalNode.valueOf(new BigDecimal("1e100000")));
    options.set("i", DecimalNode.valueOf(new BigDecimal("1e-100000")));

    assertThat(schema.faults(options))
        .extracting(Fault::pointer)
        .containsOnly("/n", "/i")
        .hasSize(5);
  }

  @Test
  void whatIsNoSchemaIsRefused() {
    assertThatExceptionOfType(InvalidSchemaException.class)
        .isThrownBy(() -> OptionsSchema.of(json("{\"type\": \"objekt\"}")))
        .withMessageContaining("/type");
    assertThatExceptionOfType(InvalidSchemaException.class)
        .isThrownBy(() -> OptionsSchema.of(json("[1]")));
  }

  @Test
  void nothingIsFetchedFromElsewhere() {
    assertThatExceptionOfType(InvalidSchemaException.class)
        .isThrownBy(() -> OptionsSchema.of(json("{\"$ref\": \"http://127.0.0.1:1/schema\"}")))
        .withMessageContaining("it refers to http://127.0.0.1:1/schema");
    assertThatExceptionOfType(InvalidSchemaException.class)
        .isThrownBy(() -> OptionsSchema.of(json("{\"$ref\": \"file:///etc/passwd\"}")));
  }
}
