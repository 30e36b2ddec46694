package org.cloudcrowd.store.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import org.cloudcrowd.store.RemovalQueue.Removal;

/** Files that are still to be removed. */
@Entity(name = "Removal")
@Table(name = "removals")
@IdClass(RemovalKey.class)
// A table of a few rows needs no index but its key, which the second goes down.
@NamedQuery(
    name = RemovalEntity.DUE,
    query = "select r from Removal r where r.dueAt <= :now order by r.dueAt, r.jobId, r.unitId")
@NamedQuery(
    name = RemovalEntity.DELETE_OF_JOB,
    query = "delete from Removal r where r.jobId = :jobId")
public class RemovalEntity {
  static final String DUE = "Removal.due";
  static final String DELETE_OF_JOB = "Removal.deleteOfJob";

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

  /** From then on no worker can write any of the files. */
  @Convert(converter = InstantAsMillis.class)
  @Column(name = "quiet_at")
  private Instant quietAt;

  protected RemovalEntity() {}

  /** Of all files of a job. */
  RemovalEntity(JobEntity job, Instant now, Instant quietAt) {
    this.jobId = job.id();
    this.action = job.action();
    this.dueAt = now;
    this.quietAt = quietAt;
  }

  /** Of the files of an attempt. */
  RemovalEntity(JobEntity job, LeasedUnit unit, Instant now, Instant quietAt) {
    this(job, now, quietAt);
    this.unitId = unit.id();
    this.attempt = unit.attempt();
  }

  Removal toRemoval() {
    return new Removal(jobId, action, unitId, attempt);
  }

  /** Whether it is done with; else it comes up once more. */
  boolean removedAt(Instant now) {
    dueAt = quietAt;
    return !now.isBefore(quietAt);
  }
}
