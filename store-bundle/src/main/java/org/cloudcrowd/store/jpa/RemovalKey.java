package org.cloudcrowd.store.jpa;

import java.io.Serializable;
import java.util.Objects;
import org.cloudcrowd.store.RemovalQueue.Removal;

/** A removal's primary key, which JPA wants as a class with fields. */
public final class RemovalKey implements Serializable {
  private static final long serialVersionUID = 1L;

  private long jobId;
  private long unitId;
  private int attempt;

  /** For JPA. */
  public RemovalKey() {}

  RemovalKey(Removal removal) {
    jobId = removal.jobId();
    unitId = removal.unitId();
    attempt = removal.attempt();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RemovalKey key
        && key.jobId == jobId
        && key.unitId == unitId
        && key.attempt == attempt;
  }

  @Override
  public int hashCode() {
    return Objects.hash(jobId, unitId, attempt);
  }
}
