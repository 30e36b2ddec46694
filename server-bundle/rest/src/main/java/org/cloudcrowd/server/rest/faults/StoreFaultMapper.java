package org.cloudcrowd.server.rest.faults;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.cloudcrowd.store.RefusedValueException;
import org.cloudcrowd.store.StoreException;
import org.cloudcrowd.store.StoreFullException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exceptions of the store: 503 where the database is unavailable, 507 where it has no room, 422
 * where it refuses a value.
 */
public final class StoreFaultMapper implements ExceptionMapper<StoreException> {
  private static final Logger log = LoggerFactory.getLogger(StoreFaultMapper.class);

  /** RFC 4918, section 11.5. */
  private static final int INSUFFICIENT_STORAGE = 507;

  private static final int UNPROCESSABLE = 422;

  @Override
  public Response toResponse(StoreException e) {
    if (e instanceof RefusedValueException) {
      log.warn("{}", e.getMessage());
      return Problems.of(
          UNPROCESSABLE,
          "Unprocessable Content",
          "the database refuses a value of this request; nothing was changed, and the server's log"
              + " says which",
          null);
    }
    log.error("{}", e.getMessage());
    if (e instanceof StoreFullException) {
      return Problems.of(INSUFFICIENT_STORAGE, "Store Full", e.getMessage(), null);
    }
    return Problems.of(
        Response.Status.SERVICE_UNAVAILABLE.getStatusCode(),
        "Store Unavailable",
        "the database could not do this now; nothing was changed, and the request may be repeated",
        null);
  }
}
