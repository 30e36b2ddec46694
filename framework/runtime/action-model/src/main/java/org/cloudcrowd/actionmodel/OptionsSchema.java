package org.cloudcrowd.actionmodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A JSON Schema (draft 2020-12) of an action's options. References to other documents are not
 * loaded. May be used by any number of threads.
 */
public final class OptionsSchema {
  /** The keywords that allow no other fields. */
  private static final Set<String> UNKNOWN_FIELDS =
      Set.of("additionalProperties", "unevaluatedProperties");

  private static final String META_SCHEMAS = "https://json-schema.org/";

  private static final SchemaValidatorsConfig CONFIGURATION =
      SchemaValidatorsConfig.builder()
          .pathType(PathType.JSON_POINTER)
          .locale(Locale.ENGLISH)
          .build();

  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(
          SpecVersion.VersionFlag.V202012,
          factory ->
              factory.schemaLoaders(
                  loaders ->
                      loaders.add(
                          address -> {
                            var text = address.toString();
                            // Documents that are mapped to the library's own files are requested
                            // again.
                            if (text.startsWith(META_SCHEMAS) || text.startsWith("classpath:")) {
                              return null;
                            }
                            throw new JsonSchemaException(
                                "it refers to " + text + ", and only what is in it is looked at");
                          })));

  private final JsonSchema schema;

  private OptionsSchema(JsonSchema schema) {
    this.schema = schema;
  }

  /**
   * A fault of a value.
   *
   * @param pointer the place, as a JSON Pointer; empty for the whole value
   * @param message what is wrong
   * @param isUnknownField whether it is a field that the schema does not allow
   */
  public record Fault(String pointer, String message, boolean isUnknownField) {}

  /**
   * Reads a schema.
   *
   * @throws InvalidSchemaException if it is invalid
   */
  public static OptionsSchema of(JsonNode schema) throws InvalidSchemaException {
    if (!schema.isObject()) {
      throw new InvalidSchemaException("it must be an object, as {\"type\": \"object\"}", null);
    }
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    // The library loads its files by the thread's context class loader.
    thread.setContextClassLoader(JsonSchemaFactory.class.getClassLoader());
    try {
      var wrong =
          faults(
              FACTORY
                  .getSchema(SchemaLocation.of(SchemaId.V202012), CONFIGURATION)
                  .validate(schema));
      if (!wrong.isEmpty()) {
        throw new InvalidSchemaException(
            wrong.stream()
                .map(fault -> fault.pointer() + " " + fault.message())
                .collect(Collectors.joining("; "))
                .strip(),
            null);
      }
      var read = FACTORY.getSchema(schema, CONFIGURATION);
      read.initializeValidators();
      return new OptionsSchema(read);
    } catch (JsonSchemaException e) {
      throw new InvalidSchemaException(String.valueOf(e.getMessage()), e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** The faults of a value by this schema; empty where it is valid. */
  public List<Fault> faults(JsonNode value) {
    return faults(schema.validate(value));
  }

  private static List<Fault> faults(Collection<ValidationMessage> messages) {
    return messages.stream()
        .map(
            message ->
                new Fault(
                    message.getInstanceLocation().toString(),
                    message.getError(),
                    UNKNOWN_FIELDS.contains(message.getType())))
        .toList();
  }
}
