package org.cloudcrowd.protocol.ruby;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.json.JsonFaults;

/**
 * The result of a unit of a Ruby node: {@code PUT /work/ID}.
 *
 * @param unitId the unit
 * @param pid the process id of its worker, or 0 where none is told
 * @param time how long it ran, in seconds
 * @param succeeded whether it did
 * @param output what it returned, or the message of its failure
 */
public record RubyResult(long unitId, long pid, double time, boolean succeeded, JsonNode output) {
  private static final String OUTPUT = "output";

  /**
   * Reads a form.
   *
   * @throws IllegalArgumentException if a field is invalid; the message says which
   */
  public static RubyResult of(long unitId, Form form, ObjectMapper json) {
    var status = form.get("status");
    boolean succeeded = Status.SUCCEEDED.word().equals(status);
    if (!succeeded && !Status.FAILED.word().equals(status)) {
      throw new IllegalArgumentException("status must be succeeded or failed");
    }
    return new RubyResult(
        unitId,
        number(form, "pid").longValue(),
        number(form, "time").doubleValue(),
        succeeded,
        output(form.get(OUTPUT), json));
  }

  private static Number number(Form form, String field) {
    var text = form.get(field);
    try {
      return text == null || text.isBlank() ? 0 : Double.valueOf(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(field + " must be a number", e);
    }
  }

  private static JsonNode output(String text, ObjectMapper json) {
    try {
      var wrapped = text == null ? null : json.readTree(text);
      if (wrapped != null && wrapped.isObject() && wrapped.has(OUTPUT)) {
        return wrapped.get(OUTPUT);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("output is no JSON: " + JsonFaults.sentence(e), e);
    }
    throw new IllegalArgumentException("output must be a JSON object with a field output");
  }

  public Form form(ObjectMapper json) {
    return new Form()
        .with("pid", pid)
        .with("id", unitId)
        .with("time", time)
        .with("status", (succeeded ? Status.SUCCEEDED : Status.FAILED).word())
        .with(
            OUTPUT,
            json.createObjectNode()
                .set(OUTPUT, output == null ? NullNode.getInstance() : output)
                .toString());
  }
}
