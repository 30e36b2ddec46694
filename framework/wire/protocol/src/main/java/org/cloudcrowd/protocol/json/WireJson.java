package org.cloudcrowd.protocol.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes the mappers that read and write the wire's records. */
public final class WireJson {
  /** The HTTP header that has the incarnation of the node that answers. */
  public static final String INCARNATION_HEADER = "Crowd-Incarnation";

  /**
   * The HTTP header of {@code GET /heartbeat} that has the version of this protocol. A Ruby server
   * does not send it.
   */
  public static final String PROTOCOL_HEADER = "Crowd-Protocol";

  /** The version of the protocol. */
  public static final String PROTOCOL_VERSION = "1";

  /**
   * The longest document that is read, in bytes: room for a job of some hundred thousand inputs.
   * Jackson itself sets no limit here.
   */
  public static final long MAX_DOCUMENT_BYTES = 256L * 1024 * 1024;

  /** The longest string that is read, in characters; one input or output is at most this long. */
  public static final int MAX_STRING_CHARACTERS = 16 * 1024 * 1024;

  /** The deepest nesting of arrays and objects that is read. */
  public static final int MAX_DEPTH = 200;

  private WireJson() {}

  /**
   * A new mapper; it is safe for use by any number of threads.
   *
   * <p>It writes snake case and leaves out nulls. It reads within this class's limits, ignores
   * fields that it does not know, so that peers of other versions are understood, and refuses
   * trailing text, repeated keys, and bytes that are not UTF-8 (RFC 3629). Trees keep numbers as
   * they were written.
   */
  public static ObjectMapper newMapper() {
    var constraints =
        StreamReadConstraints.builder()
            .maxDocumentLength(MAX_DOCUMENT_BYTES)
            .maxStringLength(MAX_STRING_CHARACTERS)
            .maxNestingDepth(MAX_DEPTH)
            .build();
    var factory =
        JsonFactory.builder()
            .streamReadConstraints(constraints)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .inputDecorator(new StrictUtf8())
            .build();
    var payloads =
        new SimpleModule()
            .addDeserializer(JsonNode.class, new PayloadReader<>(JsonNode.class))
            .addDeserializer(ObjectNode.class, new PayloadReader<>(ObjectNode.class))
            .addDeserializer(ArrayNode.class, new PayloadReader<>(ArrayNode.class));
    return JsonMapper.builder(factory)
        .addModule(payloads)
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .serializationInclusion(JsonInclude.Include.NON_NULL)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }
}
