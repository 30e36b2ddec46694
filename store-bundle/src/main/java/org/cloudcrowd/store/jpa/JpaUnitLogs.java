package org.cloudcrowd.store.jpa;

import java.util.Collection;
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
            new KeptLogs(entities).keep(logs);
            return null;
          });
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
