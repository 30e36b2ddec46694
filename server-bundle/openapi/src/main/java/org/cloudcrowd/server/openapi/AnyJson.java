package org.cloudcrowd.server.openapi;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Iterator;

/** Describes {@link JsonNode} as any JSON value; swagger would make it an object. */
public final class AnyJson implements ModelConverter {
  /** The base document, which the descriptions of the resources are added to, has the info. */
  private static final String REFERENCE = "#/components/schemas/AnyJson";

  @Override
  public Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    JavaType java = TypeFactory.defaultInstance().constructType(type.getType());
    if (java != null && java.getRawClass() == JsonNode.class) {
      return new Schema<>().$ref(REFERENCE);
    }
    return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
  }
}
