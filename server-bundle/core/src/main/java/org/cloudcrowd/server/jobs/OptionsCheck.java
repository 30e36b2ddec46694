package org.cloudcrowd.server.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.cloudcrowd.actionmodel.InvalidSchemaException;
import org.cloudcrowd.actionmodel.OptionsSchema;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.InvalidRequestException.Fault;
import org.cloudcrowd.store.ActionCatalog.KnownAction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks a job's options against the schema of its action. Safe for any number of threads. */
final class OptionsCheck {
  private static final Logger log = LoggerFactory.getLogger(OptionsCheck.class);
  private static final String OPTIONS = "/options";

  private final ObjectMapper json;

  /** Parsed schemas by the names of their actions, since parsing takes longer than validating. */
  private final Map<String, Read> schemas = new ConcurrentHashMap<>();

  private record Read(String text, OptionsSchema schema) {}

  OptionsCheck(ObjectMapper json) {
    this.json = json;
  }

  /**
   * Checks options.
   *
   * @param unknown receives options that the schema does not know; null where these are faults
   * @throws InvalidRequestException if they do not fit the schema; it names the path of each fault
   */
  void check(KnownAction action, JsonNode options, Consumer<Fault> unknown)
      throws InvalidRequestException {
    if (action.optionsSchema() == null) {
      return;
    }
    var schema = schema(action);
    if (schema == null) {
      return;
    }
    var faults = new ArrayList<Fault>();
    for (var fault : schema.faults(options == null ? json.createObjectNode() : options)) {
      var found = new Fault(OPTIONS + fault.pointer(), fault.message());
      if (unknown != null && fault.isUnknownField()) {
        unknown.accept(found);
      } else {
        faults.add(found);
      }
    }
    if (!faults.isEmpty()) {
      throw new InvalidRequestException(faults);
    }
  }

  /** Null where it is invalid: nodes check schemas, and an older one may not have. */
  private OptionsSchema schema(KnownAction action) {
    return schemas
        .compute(
            action.name(),
            (name, known) ->
                known != null && known.text().equals(action.optionsSchema())
                    ? known
                    : new Read(action.optionsSchema(), read(action)))
        .schema();
  }

  private OptionsSchema read(KnownAction action) {
    try {
      return OptionsSchema.of(json.readTree(action.optionsSchema()));
    } catch (InvalidSchemaException e) {
      log.warn(
          "The options of {} are not checked: their schema is none: {}",
          action.name(),
          e.getMessage());
      return null;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
