package org.cloudcrowd.store.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import org.cloudcrowd.store.RemovalQueue.Removal;

/** A deleted job whose files are still to be removed. */
@Entity(name = "Removal")
@Table(name = "removals")
// A table of a few rows needs no index.
@NamedQuery(
    name = RemovalEntity.DUE,
    query = "select r from Removal r where r.dueAt <= :now order by r.dueAt, r.jobId")
public class RemovalEntity {
  static final String DUE = "Removal.due";

  @Id
  @Column(name = "job_id")
  private long jobId;

  private String action;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "due_at")
  private Instant dueAt;

  /** From then on no worker can write files of the job. */
  @Convert(converter = InstantAsMillis.class)
  @Column(name = "quiet_at")
  private Instant quietAt;

  protected RemovalEntity() {}

  RemovalEntity(JobEntity job, Instant now, Instant quietAt) {
    this.jobId = job.id();
    this.action = job.action();
    this.dueAt = now;
    this.quietAt = quietAt;
  }

  Removal toRemoval() {
    return new Removal(jobId, action);
  }

  /** Whether it is done with; else it comes up once more. */
  boolean removedAt(Instant now) {
    dueAt = quietAt;
    return !now.isBefore(quietAt);
  }
}
