package org.cloudcrowd.server.rest.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.server.InvalidRequestException;

/** Reads a submitted job field by field, so that each fault is named. */
final class JobRequests {
  private JobRequests() {}

  static JobRequest read(JsonNode job) throws InvalidRequestException {
    if (job == null || !job.isObject()) {
      throw new InvalidRequestException(
          "", "a job is a JSON object with an action and a list of inputs");
    }
    return JobRequest.builder(text(job, "action"), inputs(job))
        .version(text(job, "version"))
        .options(options(job))
        .callback(text(job, "callback_url"), text(job, "callback_format"))
        .email(text(job, "email"))
        .priority(whole(job, "priority"))
        .maxAttempts(whole(job, "max_attempts"))
        .backoff(number(job, "backoff", "a number of seconds"))
        .timeout(number(job, "timeout", "a number of seconds"))
        .maxRunning(whole(job, "max_running"))
        .maxPerSecond(number(job, "max_per_second", "a number"))
        .notBefore(text(job, "not_before"))
        .after(after(job))
        .labels(labels(job))
        .correlationId(text(job, "correlation_id"))
        .build();
  }

  private static Integer whole(JsonNode job, String field) throws InvalidRequestException {
    var value = job.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.canConvertToExactIntegral()) {
      throw new InvalidRequestException("/" + field, field + " must be a whole number");
    }
    if (value.canConvertToInt()) {
      return value.intValue();
    }
    // A number beyond an int is outside the range of every field, and is refused with that range.
    return value.decimalValue().signum() < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
  }

  private static Double number(JsonNode job, String field, String what)
      throws InvalidRequestException {
    var value = job.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isNumber()) {
      throw new InvalidRequestException("/" + field, field + " must be " + what);
    }
    return value.doubleValue();
  }

  static String text(JsonNode job, String field) throws InvalidRequestException {
    var value = job.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw new InvalidRequestException("/" + field, field + " must be a string");
    }
    return value.textValue();
  }

  private static List<JsonNode> inputs(JsonNode job) throws InvalidRequestException {
    var value = job.get("inputs");
    if (value == null || value.isNull()) {
      if (job.hasNonNull("after")) {
        return null;
      }
      throw new InvalidRequestException(
          "/inputs", "inputs is missing: it must be a list of inputs");
    }
    if (!value.isArray()) {
      throw new InvalidRequestException("/inputs", "inputs must be a list of inputs");
    }
    var inputs = new ArrayList<JsonNode>(value.size());
    value.forEach(inputs::add);
    return inputs;
  }

  private static List<Long> after(JsonNode job) throws InvalidRequestException {
    var value = job.get("after");
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isArray()) {
      throw new InvalidRequestException("/after", "after must be a list of the ids of jobs");
    }
    var ids = new ArrayList<Long>(value.size());
    for (JsonNode id : value) {
      if (!id.canConvertToExactIntegral() || !id.canConvertToLong()) {
        throw new InvalidRequestException(
            "/after/" + ids.size(), "after must be a list of the ids of jobs, which are numbers");
      }
      ids.add(id.longValue());
    }
    return ids;
  }

  private static Map<String, String> labels(JsonNode job) throws InvalidRequestException {
    var value = job.get("labels");
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isObject()) {
      throw new InvalidRequestException("/labels", "labels must be an object");
    }
    var labels = new TreeMap<String, String>();
    for (var label : value.properties()) {
      if (!label.getValue().isTextual()) {
        throw new InvalidRequestException(
            "/labels/" + label.getKey(), "the value of a label must be a string");
      }
      labels.put(label.getKey(), label.getValue().textValue());
    }
    return labels;
  }

  private static ObjectNode options(JsonNode job) throws InvalidRequestException {
    var value = job.get("options");
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isObject()) {
      throw new InvalidRequestException("/options", "options must be an object");
    }
    return (ObjectNode) value;
  }
}
