package org.cloudcrowd.server.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.stream.Collectors;

/** JSON that does not parse: 400, with the place; JSON of the wrong types: 422, with the field. */
final class JsonFaultMapper implements ExceptionMapper<JsonProcessingException> {
  @Override
  public Response toResponse(JsonProcessingException e) {
    if (e instanceof MismatchedInputException mismatch && !mismatch.getPath().isEmpty()) {
      var wanted = mismatch.getTargetType();
      return Problems.unprocessable(
          pointer(mismatch),
          "the value has the wrong type"
              + (wanted == null ? "" : "; expected is " + wanted.getSimpleName()));
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

  private static String pointer(JsonMappingException e) {
    return e.getPath().stream()
        .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
        .collect(Collectors.joining("/", "/", ""));
  }
}
