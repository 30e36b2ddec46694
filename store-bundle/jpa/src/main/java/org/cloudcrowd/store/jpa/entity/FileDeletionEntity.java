package org.cloudcrowd.store.jpa.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.cloudcrowd.store.FileDeletionQueue.FileDeletion;

/** A deletion of files that is still to be made. */
@Entity(name = "FileDeletion")
@Table(name = "file_deletions")
@IdClass(FileDeletionEntity.Key.class)
// A table of a few rows needs no index but its key, which the second goes down.
@NamedQuery(
    name = FileDeletionEntity.DUE,
    query =
        "select r from FileDeletion r where r.dueAt <= :now order by r.dueAt, r.jobId, r.unitId")
@NamedQuery(
    name = FileDeletionEntity.DELETE_OF_JOB,
    query = "delete from FileDeletion r where r.jobId = :jobId")
public class FileDeletionEntity {
  public static final String DUE = "FileDeletion.due";
  public static final String DELETE_OF_JOB = "FileDeletion.deleteOfJob";

  @Id
  @Column(name = "job_id")
  private long jobId;

  @Id
  @Column(name = "work_unit_id")
  private long unitId;

  @Id
  @Column(name = "attempt")
  private int attempt;

  private String action;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "due_at")
  private Instant dueAt;

  /**
   * From then on no worker can write any of the files, so the deletion at or after it is the last.
   */
  @Convert(converter = InstantAsMillis.class)
  @Column(name = "grace_ends_at")
  private Instant graceEndsAt;

  protected FileDeletionEntity() {}

  /** The deletion of all files of a job. */
  public FileDeletionEntity(JobEntity job, Instant now, Instant graceEndsAt) {
    this.jobId = job.id();
    this.action = job.action();
    this.dueAt = now;
    this.graceEndsAt = graceEndsAt;
  }

  /** The deletion of the files of an attempt. */
  public FileDeletionEntity(JobEntity job, LeasedUnit unit, Instant now, Instant graceEndsAt) {
    this(job, now, graceEndsAt);
    this.unitId = unit.id();
    this.attempt = unit.attempt();
  }

  public FileDeletion toFileDeletion() {
    return new FileDeletion(jobId, action, unitId, attempt);
  }

  /**
   * Records that the files were deleted; returns whether the grace period is over, so that this was
   * the last time.
   */
  public boolean deleted(Instant now) {
    dueAt = graceEndsAt;
    return !now.isBefore(graceEndsAt);
  }

  /** The primary key of a file deletion, which JPA wants as a class with fields. */
  public static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    private long jobId;
    private long unitId;
    private int attempt;

    public Key() {}

    public Key(FileDeletion deletion) {
      jobId = deletion.jobId();
      unitId = deletion.unitId();
      attempt = deletion.attempt();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && key.jobId == jobId
          && key.unitId == unitId
          && key.attempt == attempt;
    }

    @Override
    public int hashCode() {
      return Objects.hash(jobId, unitId, attempt);
    }
  }
}
