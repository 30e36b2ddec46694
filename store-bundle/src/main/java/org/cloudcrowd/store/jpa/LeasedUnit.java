package org.cloudcrowd.store.jpa;

import java.time.Instant;
import org.cloudcrowd.store.Lease;
import org.cloudcrowd.store.Stage;
import org.cloudcrowd.store.WorkQueries.CurrentLease;

/**
 * The columns of a running unit that tell of its lease, without its payloads.
 *
 * <p>Public, with the types of the columns, because EclipseLink makes it for a query.
 */
public record LeasedUnit(
    long id,
    long jobId,
    Stage stage,
    int inputNo,
    int failures,
    int losses,
    String versionRange,
    String node,
    int attempt,
    String token,
    Instant leasedAt) {
  CurrentLease currentLease() {
    return new CurrentLease(lease(), node, stage, leasedAt);
  }

  Lease lease() {
    return new Lease(id, attempt, token);
  }
}
