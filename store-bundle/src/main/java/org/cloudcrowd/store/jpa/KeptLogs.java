package org.cloudcrowd.store.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import org.cloudcrowd.store.UnitLogs.UnitLog;

/** What attempts printed, within a transaction. */
final class KeptLogs {
  private final EntityManager entities;

  KeptLogs(EntityManager entities) {
    this.entities = entities;
  }

  /** In the order of the jobs, whose rows the new ones refer to: as others lock them. */
  void keep(Collection<UnitLog> logs) {
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
        .forEach(log -> keep(jobs.get(log.unitId()), log));
  }

  /** That of a unit of a job. */
  void keep(long jobId, UnitLog log) {
    var known =
        entities.find(
            AttemptLogEntity.class,
            new AttemptLogKey(log.unitId(), log.attempt()),
            LockModeType.PESSIMISTIC_WRITE);
    if (known == null) {
      entities.persist(new AttemptLogEntity(jobId, log));
    } else {
      known.keep(log);
    }
  }
}
