package org.cloudcrowd.server.openapi;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Iterator;

/** A {@link JsonNode} is any JSON value, where swagger takes it for an object. */
public final class AnyJson implements ModelConverter {
  /** The document that the resources' description is added to says what it is. */
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
