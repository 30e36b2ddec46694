package org.cloudcrowd.server.openapi;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Iterator;
import java.util.Map;

/** Adds descriptions of fields. */
public final class FieldsInWords implements ModelConverter {
  private static final Map<String, String> WORDS =
      Map.of("priority", "The smaller goes first, from -1000 to 1000; 0 where it is not given");

  @Override
  public Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    var schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
    context.getDefinedModels().values().forEach(FieldsInWords::describe);
    return schema;
  }

  private static void describe(Schema<?> model) {
    if (model.getProperties() != null) {
      WORDS.forEach(
          (field, words) -> {
            var property = model.getProperties().get(field);
            if (property != null) {
              property.setDescription(words);
            }
          });
    }
  }
}
