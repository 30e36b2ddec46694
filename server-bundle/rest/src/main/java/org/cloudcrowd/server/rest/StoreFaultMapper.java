package org.cloudcrowd.server.rest;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.cloudcrowd.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database could not do it: 503, and the request may be repeated. */
final class StoreFaultMapper implements ExceptionMapper<StoreException> {
  private static final Logger log = LoggerFactory.getLogger(StoreFaultMapper.class);

  @Override
  public Response toResponse(StoreException e) {
    log.error("{}", e.getMessage());
    return Problems.of(
        Response.Status.SERVICE_UNAVAILABLE.getStatusCode(),
        "Store Unavailable",
        "the database could not do this now; nothing was changed, and the request may be repeated",
        null);
  }
}
