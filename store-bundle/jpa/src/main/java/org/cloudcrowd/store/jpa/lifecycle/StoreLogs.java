package org.cloudcrowd.store.jpa.lifecycle;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import org.cloudcrowd.store.UnitLogs.UnitLog;
import org.cloudcrowd.store.jpa.database.IdBatches;
import org.cloudcrowd.store.jpa.entity.AttemptLogEntity;
import org.cloudcrowd.store.jpa.entity.WorkUnitEntity;

/** Stores what attempts printed. */
public final class StoreLogs {
  private final EntityManager entities;

  public StoreLogs(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * Stores logs in the order of their jobs: a new row locks that of its job, and other transactions
   * lock jobs in that order.
   */
  public void store(Collection<UnitLog> logs) {
    var jobs = new HashMap<Long, Long>();
    for (List<Long> ids : IdBatches.of(logs.stream().map(UnitLog::unitId).toList())) {
      entities
          .createNamedQuery(WorkUnitEntity.JOBS_OF_UNITS, Object[].class)
          .setParameter("ids", ids)
          .getResultStream()
          .forEach(row -> jobs.put((Long) row[0], (Long) row[1]));
    }
    logs.stream()
        .filter(log -> jobs.containsKey(log.unitId()))
        .sorted(
            Comparator.<UnitLog, Long>comparing(log -> jobs.get(log.unitId()))
                .thenComparing(UnitLog::unitId)
                .thenComparing(UnitLog::attempt))
        .forEach(log -> store(jobs.get(log.unitId()), log));
  }

  /** Stores the log of an attempt at a unit of a job. */
  public void store(long jobId, UnitLog log) {
    var known =
        entities.find(
            AttemptLogEntity.class,
            new AttemptLogEntity.Key(log.unitId(), log.attempt()),
            LockModeType.PESSIMISTIC_WRITE);
    if (known == null) {
      entities.persist(new AttemptLogEntity(jobId, log));
    } else {
      known.keep(log);
    }
  }
}
