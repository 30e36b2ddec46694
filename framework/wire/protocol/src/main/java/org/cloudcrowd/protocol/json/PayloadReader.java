package org.cloudcrowd.protocol.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.JsonNodeDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;

/**
 * Reads trees of JSON without loss: Jackson's own reader converts numbers to doubles, and accepts
 * unpaired surrogates, which UTF-8 cannot encode (RFC 3629, section 3).
 *
 * @param <T> the kind of node that is read
 */
final class PayloadReader<T extends JsonNode> extends StdDeserializer<T> {
  private static final long serialVersionUID = 1L;

  /** The largest exponent of a number; Jackson has the same limit for whole numbers. */
  private static final int MAX_EXPONENT = 100_000;

  private static final String NEGATIVE_ZERO = "-0";
  private static final JsonDeserializer<? extends JsonNode> SCALARS =
      JsonNodeDeserializer.getDeserializer(JsonNode.class);

  private final Class<T> kind;

  PayloadReader(Class<T> kind) {
    super(kind);
    this.kind = kind;
  }

  @Override
  public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    var node = read(parser, context);
    return kind.isInstance(node)
        ? kind.cast(node)
        : kind.cast(context.handleUnexpectedToken(kind, parser));
  }

  @Override
  public T getNullValue(DeserializationContext context) {
    return kind.isAssignableFrom(NullNode.class) ? kind.cast(NullNode.getInstance()) : null;
  }

  @Override
  public Object getAbsentValue(DeserializationContext context) {
    return null;
  }

  @Override
  public LogicalType logicalType() {
    return LogicalType.Untyped;
  }

  @Override
  public Boolean supportsUpdate(DeserializationConfig config) {
    return false;
  }

  /** The recursion is bounded by {@link WireJson#MAX_DEPTH}. */
  private JsonNode read(JsonParser parser, DeserializationContext context) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, context);
      case START_ARRAY -> array(parser, context);
      case VALUE_STRING -> TextNode.valueOf(whole(parser.getText(), parser));
      case VALUE_NUMBER_INT ->
          NEGATIVE_ZERO.equals(parser.getText())
              ? decimal(parser)
              : SCALARS.deserialize(parser, context);
      case VALUE_NUMBER_FLOAT ->
          parser.isNaN() ? SCALARS.deserialize(parser, context) : decimal(parser);
      default -> SCALARS.deserialize(parser, context);
    };
  }

  private ObjectNode object(JsonParser parser, DeserializationContext context) throws IOException {
    var object = context.getNodeFactory().objectNode();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      object.set(whole(name, parser), read(parser, context));
    }
    return object;
  }

  private ArrayNode array(JsonParser parser, DeserializationContext context) throws IOException {
    var array = context.getNodeFactory().arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(read(parser, context));
    }
    return array;
  }

  private static DecimalNode decimal(JsonParser parser) throws IOException {
    try {
      var number = new WrittenDecimal(parser.getText());
      if (Math.abs((long) number.scale()) <= MAX_EXPONENT) {
        return DecimalNode.valueOf(number);
      }
    } catch (NumberFormatException e) {
      // Its exponent is beyond an int.
    }
    throw new JsonParseException(
        parser, "the number " + parser.getText() + " has an exponent beyond " + MAX_EXPONENT);
  }

  /**
   * Returns the text, if it is valid.
   *
   * @throws JsonParseException if it has an unpaired surrogate
   */
  private static String whole(String text, JsonParser parser) throws JsonParseException {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int character = text.codePointAt(i);
      if (Character.MIN_SURROGATE <= character && character <= Character.MAX_SURROGATE) {
        throw new JsonParseException(
            parser,
            "a string has half of a surrogate pair, \\u"
                + Integer.toHexString(character)
                + ", alone");
      }
    }
    return text;
  }
}
