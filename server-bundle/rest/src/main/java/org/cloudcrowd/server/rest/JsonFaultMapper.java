package org.cloudcrowd.server.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Collection;
import java.util.stream.Collectors;

/** JSON that does not parse: 400, with the place; JSON of the wrong types: 422, with the field. */
final class JsonFaultMapper implements ExceptionMapper<JsonProcessingException> {
  @Override
  public Response toResponse(JsonProcessingException e) {
    if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
      return Problems.unprocessable(
          pointer(mismatch),
          "the value has the wrong type; expected is " + inJson(mismatch.getTargetType()));
    }
    var where = e.getLocation();
    return Problems.of(
        Response.Status.BAD_REQUEST.getStatusCode(),
        "Malformed JSON",
        e.getOriginalMessage()
            + (where == null
                ? ""
                : " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")"),
        null);
  }

  private static String inJson(Class<?> type) {
    if (Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    if (CharSequence.class.isAssignableFrom(type) || type.isEnum()) {
      return "a string";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    return type.isPrimitive() || Number.class.isAssignableFrom(type) ? "a number" : "an object";
  }

  private static String pointer(JsonMappingException e) {
    return e.getPath().stream()
        .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
        .map(step -> "/" + step)
        .collect(Collectors.joining());
  }
}
