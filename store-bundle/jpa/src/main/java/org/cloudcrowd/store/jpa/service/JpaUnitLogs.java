package org.cloudcrowd.store.jpa.service;

import java.util.Collection;
import java.util.List;
import org.cloudcrowd.store.UnitLogs;
import org.cloudcrowd.store.jpa.database.Transactions;
import org.cloudcrowd.store.jpa.entity.AttemptLogEntity;
import org.cloudcrowd.store.jpa.lifecycle.SplitBatch;
import org.cloudcrowd.store.jpa.lifecycle.StoreLogs;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores the logs of attempts in a table of their own: a running attempt has no row of its own. */
@Component
public final class JpaUnitLogs implements UnitLogs {
  private static final Logger log = LoggerFactory.getLogger(JpaUnitLogs.class);

  private final Transactions transactions;

  @Activate
  public JpaUnitLogs(@Reference Database database) {
    transactions = database.transactions();
  }

  @Override
  public void keep(Collection<UnitLog> logs) {
    SplitBatch.store(
        List.copyOf(logs),
        some ->
            transactions.run(
                "store logs",
                entities -> {
                  new StoreLogs(entities).store(some);
                  return null;
                }),
        (unitLog, cause) ->
            log.warn(
                "What attempt {} at work unit {} printed cannot be stored: {}",
                unitLog.attempt(),
                unitLog.unitId(),
                cause.getMessage()));
  }

  @Override
  public UnitLog find(long unitId, Integer attempt) {
    return transactions.read(
        "read a log",
        entities -> {
          if (attempt != null) {
            var found =
                entities.find(AttemptLogEntity.class, new AttemptLogEntity.Key(unitId, attempt));
            return found == null ? null : found.toUnitLog();
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
