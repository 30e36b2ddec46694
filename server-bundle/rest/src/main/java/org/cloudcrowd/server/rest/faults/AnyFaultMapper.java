package org.cloudcrowd.server.rest.faults;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An unexpected exception: 500, with a number by which it is found in the log. */
public final class AnyFaultMapper implements ExceptionMapper<Throwable> {
  private static final Logger log = LoggerFactory.getLogger(AnyFaultMapper.class);

  @Override
  public Response toResponse(Throwable e) {
    var number = UUID.randomUUID();
    log.error("A request failed ({})", number, e);
    return Problems.of(
        Response.Status.INTERNAL_SERVER_ERROR.getStatusCode(),
        "Internal Server Error",
        "this is a fault of the server; its log has more under " + number,
        null);
  }
}
