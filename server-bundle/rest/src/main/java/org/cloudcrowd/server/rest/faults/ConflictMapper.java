package org.cloudcrowd.server.rest.faults;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.cloudcrowd.server.ConflictException;

/** A request that conflicts with the current state: 409. */
public final class ConflictMapper implements ExceptionMapper<ConflictException> {
  @Override
  public Response toResponse(ConflictException e) {
    return Problems.of(Response.Status.CONFLICT.getStatusCode(), "Conflict", e.getMessage(), null);
  }
}
