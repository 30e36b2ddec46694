package org.cloudcrowd.protocol.ruby;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * A work unit, as a Ruby server sends it to a node.
 *
 * @param id the unit
 * @param jobId its job
 * @param input the stage's input: a text as it is, anything else as JSON
 * @param attempts how many attempts failed
 * @param action the action that runs it
 * @param options the job's options
 * @param status its stage, by {@link org.cloudcrowd.protocol.job.Status#code}
 */
public record RubyUnit(
    long id, long jobId, String input, int attempts, String action, JsonNode options, int status) {

  /** An input as it travels. */
  public static String input(JsonNode input) {
    return input.isTextual() ? input.textValue() : input.toString();
  }

  /**
   * The input as its action sees it: a text that begins as an array or object is parsed, if it is
   * one. A text that begins with a blank stays a text, as in the original.
   */
  public JsonNode input(ObjectMapper json) {
    var text = input == null ? "" : input;
    if (text.startsWith("[") || text.startsWith("{")) {
      try {
        return json.readTree(text);
      } catch (JsonProcessingException e) {
        return TextNode.valueOf(text);
      }
    }
    return TextNode.valueOf(text);
  }
}
