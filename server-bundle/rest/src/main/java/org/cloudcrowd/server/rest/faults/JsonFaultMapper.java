package org.cloudcrowd.server.rest.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.cloudcrowd.protocol.json.JsonFaults;

/** JSON that does not parse: 400, with the place; JSON of the wrong types: 422, with the field. */
public final class JsonFaultMapper implements ExceptionMapper<JsonProcessingException> {
  @Override
  public Response toResponse(JsonProcessingException e) {
    return JsonFaults.isOfType(e)
        ? Problems.unprocessable(JsonFaults.field(e), "the value " + JsonFaults.reason(e))
        : Problems.of(
            Response.Status.BAD_REQUEST.getStatusCode(),
            "Malformed JSON",
            JsonFaults.sentence(e),
            null);
  }
}
