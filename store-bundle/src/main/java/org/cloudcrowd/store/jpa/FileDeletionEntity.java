package org.cloudcrowd.store.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import org.cloudcrowd.store.FileDeletionQueue.FileDeletion;

/** A deletion of files that is still to be made. */
@Entity(name = "FileDeletion")
@Table(name = "file_deletions")
@IdClass(FileDeletionKey.class)
// A table of a few rows needs no index but its key, which the second goes down.
@NamedQuery(
    name = FileDeletionEntity.DUE,
    query =
        "select r from FileDeletion r where r.dueAt <= :now order by r.dueAt, r.jobId, r.unitId")
@NamedQuery(
    name = FileDeletionEntity.DELETE_OF_JOB,
    query = "delete from FileDeletion r where r.jobId = :jobId")
public class FileDeletionEntity {
  static final String DUE = "FileDeletion.due";
  static final String DELETE_OF_JOB = "FileDeletion.deleteOfJob";

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
  FileDeletionEntity(JobEntity job, Instant now, Instant graceEndsAt) {
    this.jobId = job.id();
    this.action = job.action();
    this.dueAt = now;
    this.graceEndsAt = graceEndsAt;
  }

  /** The deletion of the files of an attempt. */
  FileDeletionEntity(JobEntity job, LeasedUnit unit, Instant now, Instant graceEndsAt) {
    this(job, now, graceEndsAt);
    this.unitId = unit.id();
    this.attempt = unit.attempt();
  }

  FileDeletion toFileDeletion() {
    return new FileDeletion(jobId, action, unitId, attempt);
  }

  /**
   * Records that the files were deleted; returns whether the grace period is over, so that this was
   * the last time.
   */
  boolean deleted(Instant now) {
    dueAt = graceEndsAt;
    return !now.isBefore(graceEndsAt);
  }
}
