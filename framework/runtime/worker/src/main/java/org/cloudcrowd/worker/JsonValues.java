package org.cloudcrowd.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.protocol.json.JavaValues;
import org.cloudcrowd.protocol.json.JsonFaults;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.unit.UnitOrder;

/** Converts JSON to the plain values that actions get, and their return values to JSON. */
final class JsonValues {
  private final ObjectMapper json = WireJson.newMapper();

  /** The job's options, with those that the original adds. */
  Map<String, Object> toOptions(UnitOrder unit) {
    var options = new LinkedHashMap<String, Object>();
    if (unit.options() != null) {
      unit.options()
          .properties()
          .forEach(e -> options.put(e.getKey(), JavaValues.of(e.getValue())));
    }
    options.put("job_id", unit.jobId());
    options.put("work_unit_id", unit.lease().unitId());
    options.put("attempts", unit.lease().attempt() - 1);
    return options;
  }

  /**
   * A job's options as a record.
   *
   * @throws ActionFailure if they do not fit
   */
  <T extends Record> T toRecord(JsonNode options, Class<T> type) {
    try {
      return json.convertValue(options == null ? Map.of() : JavaValues.of(options), type);
    } catch (IllegalArgumentException e) {
      throw new ActionFailure("the options do not fit the action: " + reason(e), e);
    }
  }

  private static String reason(IllegalArgumentException e) {
    return e.getCause() instanceof JsonProcessingException cause
        ? JsonFaults.sentence(cause)
        : e.getMessage();
  }

  /**
   * Converts the return value of a stage to JSON.
   *
   * @throws ActionFailure if an action may not return such a value
   */
  JsonNode toJson(Object value) {
    if (value instanceof Map<?, ?> map) {
      ObjectNode object = json.createObjectNode();
      map.forEach((key, member) -> object.set(String.valueOf(key), toJson(member)));
      return object;
    }
    if (value instanceof List<?> list) {
      ArrayNode array = json.createArrayNode();
      list.forEach(element -> array.add(toJson(element)));
      return array;
    }
    if (value instanceof URI || value instanceof Path) {
      return json.getNodeFactory().textNode(value.toString());
    }
    if (value == null
        || value instanceof String
        || value instanceof Number
        || value instanceof Boolean) {
      if ((value instanceof Double || value instanceof Float)
          && !Double.isFinite(((Number) value).doubleValue())) {
        throw new ActionFailure("the action returned " + value + ", a number that JSON has not");
      }
      try {
        return json.valueToTree(value);
      } catch (IllegalArgumentException e) {
        throw new ActionFailure("what the action returned has no JSON: " + reason(e), e);
      }
    }
    throw new ActionFailure(
        "the action returned a "
            + value.getClass().getName()
            + "; it may return text, numbers, booleans, null, and lists and maps of these");
  }
}
