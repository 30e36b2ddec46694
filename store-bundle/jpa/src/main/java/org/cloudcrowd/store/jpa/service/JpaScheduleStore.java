package org.cloudcrowd.store.jpa.service;

import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.cloudcrowd.store.ScheduleStore;
import org.cloudcrowd.store.jpa.database.Transactions;
import org.cloudcrowd.store.jpa.entity.ScheduleEntity;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps schedules in a table. */
@Component
public final class JpaScheduleStore implements ScheduleStore {
  private final Transactions transactions;
  private final Clock clock;

  @Activate
  public JpaScheduleStore(@Reference Database database) {
    this(database, database.clock());
  }

  /** As {@link #JpaScheduleStore(Database)}, by a given clock. */
  public JpaScheduleStore(Database database, Clock clock) {
    transactions = database.transactions();
    this.clock = clock;
  }

  @Override
  public boolean add(Schedule schedule) {
    return transactions.run(
        "store a schedule",
        entities -> {
          if (entities.find(ScheduleEntity.class, schedule.name()) != null) {
            return false;
          }
          entities.persist(new ScheduleEntity(schedule));
          return true;
        });
  }

  @Override
  public List<Schedule> all() {
    return transactions.read(
        "list the schedules",
        entities ->
            entities
                .createNamedQuery(ScheduleEntity.ALL, ScheduleEntity.class)
                .getResultStream()
                .map(ScheduleEntity::toSchedule)
                .toList());
  }

  @Override
  public Schedule find(String name) {
    return transactions.read(
        "read a schedule",
        entities -> {
          var schedule = entities.find(ScheduleEntity.class, name);
          return schedule == null ? null : schedule.toSchedule();
        });
  }

  @Override
  public boolean remove(String name) {
    return transactions.run(
        "delete a schedule",
        entities -> {
          var schedule = entities.find(ScheduleEntity.class, name, LockModeType.PESSIMISTIC_WRITE);
          if (schedule == null) {
            return false;
          }
          entities.remove(schedule);
          return true;
        });
  }

  @Override
  public Schedule change(String name, Instant nextAt) {
    return transactions.run(
        "change a schedule",
        entities -> {
          var schedule = entities.find(ScheduleEntity.class, name, LockModeType.PESSIMISTIC_WRITE);
          if (schedule == null) {
            return null;
          }
          schedule.runAt(nextAt);
          return schedule.toSchedule();
        });
  }

  @Override
  public List<Schedule> due(int limit) {
    return transactions.read(
        "look for schedules",
        entities ->
            entities
                .createNamedQuery(ScheduleEntity.DUE, ScheduleEntity.class)
                .setParameter("now", clock.instant())
                .setMaxResults(limit)
                .getResultStream()
                .map(ScheduleEntity::toSchedule)
                .toList());
  }

  @Override
  public void ran(Schedule due, Instant nextAt, Long jobId, String problem) {
    transactions.run(
        "record a run of a schedule",
        entities -> {
          var schedule =
              entities.find(ScheduleEntity.class, due.name(), LockModeType.PESSIMISTIC_WRITE);
          if (schedule != null && schedule.isStill(due)) {
            schedule.ran(nextAt, jobId, problem);
          }
          return null;
        });
  }
}
