package org.cloudcrowd.store.jpa.entity;

import java.time.Instant;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.protocol.unit.Stage;
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
  public CurrentLease currentLease() {
    return new CurrentLease(lease(), node, stage, leasedAt);
  }

  public Lease lease() {
    return new Lease(id, attempt, token);
  }
}
