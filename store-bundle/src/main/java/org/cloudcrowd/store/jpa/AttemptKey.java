package org.cloudcrowd.store.jpa;

import java.io.Serializable;
import java.util.Objects;

/** An attempt's primary key, which JPA wants as a class with fields. */
public final class AttemptKey implements Serializable {
  private static final long serialVersionUID = 1L;

  private long jobId;
  private long unitId;
  private int number;

  public AttemptKey() {}

  @Override
  public boolean equals(Object other) {
    return other instanceof AttemptKey key
        && key.jobId == jobId
        && key.unitId == unitId
        && key.number == number;
  }

  @Override
  public int hashCode() {
    return Objects.hash(jobId, unitId, number);
  }
}
