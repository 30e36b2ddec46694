package org.cloudcrowd.store.jpa;

import java.io.Serializable;
import java.util.Objects;
import org.cloudcrowd.store.FileDeletionQueue.FileDeletion;

/** The primary key of a file deletion, which JPA wants as a class with fields. */
public final class FileDeletionKey implements Serializable {
  private static final long serialVersionUID = 1L;

  private long jobId;
  private long unitId;
  private int attempt;

  public FileDeletionKey() {}

  FileDeletionKey(FileDeletion deletion) {
    jobId = deletion.jobId();
    unitId = deletion.unitId();
    attempt = deletion.attempt();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FileDeletionKey key
        && key.jobId == jobId
        && key.unitId == unitId
        && key.attempt == attempt;
  }

  @Override
  public int hashCode() {
    return Objects.hash(jobId, unitId, attempt);
  }
}
