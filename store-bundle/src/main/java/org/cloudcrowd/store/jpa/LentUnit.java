package org.cloudcrowd.store.jpa;

import org.cloudcrowd.store.Lease;
import org.cloudcrowd.store.Stage;

/**
 * What a running unit's row says of its lease, without its payloads.
 *
 * <p>Public, with the types of the columns, because EclipseLink makes it for a query.
 */
public record LentUnit(
    long id, long jobId, Stage stage, int inputNo, int failures, int attempt, String token) {
  Lease lease() {
    return new Lease(id, attempt, token);
  }
}
