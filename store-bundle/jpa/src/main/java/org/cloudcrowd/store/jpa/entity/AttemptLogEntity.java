package org.cloudcrowd.store.jpa.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Lob;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import org.cloudcrowd.store.UnitLogs.UnitLog;

/** The log of an attempt. */
@Entity(name = "AttemptLog")
@Table(name = "attempt_logs")
@IdClass(AttemptLogEntity.Key.class)
// Goes down the primary key.
@NamedQuery(
    name = AttemptLogEntity.LAST_OF_UNIT,
    query = "select l from AttemptLog l where l.unitId = :unitId order by l.attempt desc")
// Served by attempt_logs_by_job.
@NamedQuery(
    name = AttemptLogEntity.DELETE_OF_JOB,
    query = "delete from AttemptLog l where l.jobId = :jobId")
public class AttemptLogEntity {
  public static final String LAST_OF_UNIT = "AttemptLog.lastOfUnit";
  public static final String DELETE_OF_JOB = "AttemptLog.deleteOfJob";

  @Id
  @Column(name = "work_unit_id")
  private long unitId;

  @Id
  @Column(name = "attempt")
  private int attempt;

  @Column(name = "job_id")
  private long jobId;

  private long printed;

  @Lob
  @Column(name = "log_text")
  private String text;

  protected AttemptLogEntity() {}

  public AttemptLogEntity(long jobId, UnitLog log) {
    this.unitId = log.unitId();
    this.attempt = log.attempt();
    this.jobId = jobId;
    keep(log);
  }

  /** Stores a log that is later than the stored one. */
  public final void keep(UnitLog log) {
    if (log.printed() >= printed) {
      printed = log.printed();
      text = log.text();
    }
  }

  public UnitLog toUnitLog() {
    return new UnitLog(unitId, attempt, printed, text);
  }

  /** The primary key of an attempt's log, which JPA wants as a class with fields. */
  public static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    private long unitId;
    private int attempt;

    public Key() {}

    public Key(long unitId, int attempt) {
      this.unitId = unitId;
      this.attempt = attempt;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.unitId == unitId && key.attempt == attempt;
    }

    @Override
    public int hashCode() {
      return Objects.hash(unitId, attempt);
    }
  }
}
