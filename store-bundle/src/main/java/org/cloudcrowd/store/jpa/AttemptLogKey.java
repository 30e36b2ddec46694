package org.cloudcrowd.store.jpa;

import java.io.Serializable;
import java.util.Objects;

/** The primary key of an attempt's log, which JPA wants as a class with fields. */
public final class AttemptLogKey implements Serializable {
  private static final long serialVersionUID = 1L;

  private long unitId;
  private int attempt;

  public AttemptLogKey() {}

  AttemptLogKey(long unitId, int attempt) {
    this.unitId = unitId;
    this.attempt = attempt;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AttemptLogKey key && key.unitId == unitId && key.attempt == attempt;
  }

  @Override
  public int hashCode() {
    return Objects.hash(unitId, attempt);
  }
}
