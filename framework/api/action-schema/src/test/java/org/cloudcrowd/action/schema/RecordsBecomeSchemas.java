package org.cloudcrowd.action.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordsBecomeSchemas {
  record Step(String name, List<String> options) {}

  record Pages(int pageSize, Boolean isBig, List<Step> steps) {}

  @Test
  void componentsAreOptionsInSnakeCaseAndPrimitivesAreRequired() throws Exception {
    var configuration =
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(new OptionsModule())
            .build();

    var schema = new SchemaGenerator(configuration).generateSchema(Pages.class);

    assertThat(schema)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"$schema": "https://json-schema.org/draft/2020-12/schema",
                     "type": "object",
                     "properties": {
                       "is_big": {"type": "boolean"},
                       "page_size": {"type": "integer"},
                       "steps": {"type": "array", "items": {
                         "type": "object",
                         "properties": {
                           "name": {"type": "string"},
                           "options": {"type": "array", "items": {"type": "string"}}},
                         "additionalProperties": false}}},
                     "required": ["page_size"],
                     "additionalProperties": false}
                    """));
  }
}
