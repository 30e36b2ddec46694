package org.cloudcrowd.store.jpa.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.cloudcrowd.store.state.AttemptOutcome;
import org.cloudcrowd.store.unit.Attempt;
import org.cloudcrowd.store.unit.Runner;

/** An attempt that has ended. It is written once, in the transaction that ends its lease. */
@Entity(name = "Attempt")
@Table(name = "attempts")
@IdClass(AttemptEntity.Key.class)
// All go down the primary key.
@NamedQuery(
    name = AttemptEntity.OF_UNIT,
    query =
        "select a from Attempt a where a.jobId = :jobId and a.unitId = :unitId order by a.number")
@NamedQuery(
    name = AttemptEntity.SPANS_OF_JOB,
    query =
        "select a.node, a.startedAt, a.endedAt, a.outcome from Attempt a where a.jobId = :jobId")
@NamedQuery(
    name = AttemptEntity.DELETE_OF_JOB,
    query = "delete from Attempt a where a.jobId = :jobId")
public class AttemptEntity {
  public static final String OF_UNIT = "Attempt.ofUnit";
  public static final String SPANS_OF_JOB = "Attempt.spansOfJob";
  public static final String DELETE_OF_JOB = "Attempt.deleteOfJob";

  @Id
  @Column(name = "job_id")
  private long jobId;

  @Id
  @Column(name = "work_unit_id")
  private long unitId;

  @Id
  @Column(name = "attempt")
  private int number;

  private String node;
  private long worker;
  private String version;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "started_at")
  private Instant startedAt;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "ended_at")
  private Instant endedAt;

  @Enumerated(EnumType.STRING)
  private AttemptOutcome outcome;

  private String message;

  protected AttemptEntity() {}

  public AttemptEntity(
      LeasedUnit unit, Runner runner, AttemptOutcome outcome, String message, Instant now) {
    this.jobId = unit.jobId();
    this.unitId = unit.id();
    this.number = unit.attempt();
    this.node = unit.node();
    this.worker = runner.worker();
    this.version = runner.version();
    this.startedAt = unit.leasedAt();
    this.endedAt = now;
    this.outcome = outcome;
    this.message = StorableText.message(message);
  }

  public Attempt toAttempt() {
    return new Attempt(
        unitId, number, node, new Runner(worker, version), startedAt, endedAt, outcome, message);
  }

  /** An attempt's primary key, which JPA wants as a class with fields. */
  public static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    private long jobId;
    private long unitId;
    private int number;

    public Key() {}

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && key.jobId == jobId
          && key.unitId == unitId
          && key.number == number;
    }

    @Override
    public int hashCode() {
      return Objects.hash(jobId, unitId, number);
    }
  }
}
