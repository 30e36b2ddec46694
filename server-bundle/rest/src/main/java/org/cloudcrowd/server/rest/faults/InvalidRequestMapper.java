package org.cloudcrowd.server.rest.faults;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.cloudcrowd.protocol.server.Problem;
import org.cloudcrowd.server.InvalidRequestException;

/** An invalid request: 422, with the field at fault. */
public final class InvalidRequestMapper implements ExceptionMapper<InvalidRequestException> {
  @Override
  public Response toResponse(InvalidRequestException e) {
    return e.faults().size() > 1
        ? Problems.unprocessable(
            e.faults().stream()
                .map(fault -> new Problem.Fault(fault.field(), fault.message()))
                .toList())
        : Problems.unprocessable(e.field(), e.getMessage());
  }
}
