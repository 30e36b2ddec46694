package org.cloudcrowd.store.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Lob;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import org.cloudcrowd.store.UnitLogs.UnitLog;

/** The log of an attempt. */
@Entity(name = "AttemptLog")
@Table(name = "attempt_logs")
@IdClass(AttemptLogKey.class)
// Goes down the primary key.
@NamedQuery(
    name = AttemptLogEntity.LAST_OF_UNIT,
    query = "select l from AttemptLog l where l.unitId = :unitId order by l.attempt desc")
// Served by attempt_logs_by_job.
@NamedQuery(
    name = AttemptLogEntity.DELETE_OF_JOB,
    query = "delete from AttemptLog l where l.jobId = :jobId")
public class AttemptLogEntity {
  static final String LAST_OF_UNIT = "AttemptLog.lastOfUnit";
  static final String DELETE_OF_JOB = "AttemptLog.deleteOfJob";

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

  AttemptLogEntity(long jobId, UnitLog log) {
    this.unitId = log.unitId();
    this.attempt = log.attempt();
    this.jobId = jobId;
    keep(log);
  }

  /** Stores a log that is later than the stored one. */
  final void keep(UnitLog log) {
    if (log.printed() >= printed) {
      printed = log.printed();
      text = log.text();
    }
  }

  UnitLog toUnitLog() {
    return new UnitLog(unitId, attempt, printed, text);
  }
}
