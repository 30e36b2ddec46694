package org.cloudcrowd.store.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import org.cloudcrowd.store.UnitLogs;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Logs as rows beside those of the attempts, which are written when an attempt ends. */
@Component
public final class JpaUnitLogs implements UnitLogs {
  private final Transactions transactions;

  /** Keeps logs in a database. */
  @Activate
  public JpaUnitLogs(@Reference Database database) {
    transactions = database.transactions();
  }

  @Override
  public void keep(Collection<UnitLog> logs) {
    if (!logs.isEmpty()) {
      transactions.run(
          "keep logs",
          entities -> {
            keep(entities, logs);
            return null;
          });
    }
  }

  /** In the order of the jobs, whose rows the new ones refer to: as others lock them. */
  private static void keep(EntityManager entities, Collection<UnitLog> logs) {
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
        .forEach(log -> keep(entities, jobs.get(log.unitId()), log));
  }

  private static void keep(EntityManager entities, long jobId, UnitLog log) {
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

  @Override
  public UnitLog find(long unitId, Integer attempt) {
    return transactions.read(
        "read a log",
        entities -> {
          if (attempt != null) {
            var log = entities.find(AttemptLogEntity.class, new AttemptLogKey(unitId, attempt));
            return log == null ? null : log.toUnitLog();
          }
          return entities
              .createNamedQuery(AttemptLogEntity.LAST_OF_UNIT, AttemptLogEntity.class)
              .setParameter("unitId", unitId)
              .setMaxResults(1)
              .getResultStream()
              .map(AttemptLogEntity::toUnitLog)
              .findFirst()
              .orElse(null);
        });
  }
}
