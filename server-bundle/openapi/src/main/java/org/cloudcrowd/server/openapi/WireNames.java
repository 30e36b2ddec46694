package org.cloudcrowd.server.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.oas.integration.api.ObjectMapperProcessor;

/** Names the fields of records in the OpenAPI document as they are on the wire. */
public final class WireNames implements ObjectMapperProcessor {
  @Override
  public void processJsonObjectMapper(ObjectMapper mapper) {
    mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
  }
}
