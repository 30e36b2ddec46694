package org.cloudcrowd.store.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;

/** Queues the work units whose pause before another attempt, or whose job's limit, is over. */
final class DueUnits {
  private final Transactions transactions;
  private final Announced announced;
  private final Clock clock;
  private final int batch;

  /**
   * Those of a database, by a clock.
   *
   * @param batch how many one transaction queues
   */
  DueUnits(Database database, Announced announced, Clock clock, int batch) {
    this.transactions = database.transactions();
    this.announced = announced;
    this.clock = clock;
    this.batch = batch;
  }

  /**
   * Queues all that are due.
   *
   * @return how many
   */
  int queue() {
    int all = queueThrottled();
    for (int queued = batch; queued == batch; all += queued) {
      queued =
          announced.run(
              "queue delayed work units", this::queueDelayed, some -> News.ofQueue(some > 0));
    }
    return all;
  }

  /** One transaction for each job, so that none waits for the row of another. */
  private int queueThrottled() {
    var jobs =
        transactions.read(
            "find jobs that are limited by the second",
            entities ->
                entities.createNamedQuery(JobEntity.THROTTLED_BY_RATE, Long.class).getResultList());
    return jobs.stream()
        .mapToInt(
            id ->
                announced.run(
                    "queue throttled work units of job " + id,
                    entities -> queueThrottled(entities, id),
                    some -> News.ofQueue(some > 0)))
        .sum();
  }

  private int queueThrottled(EntityManager entities, long jobId) {
    var job = entities.find(JobEntity.class, jobId, LockModeType.PESSIMISTIC_WRITE);
    return job == null ? 0 : new ThrottledUnits(entities, clock.instant()).queue(job);
  }

  private int queueDelayed(EntityManager entities) {
    var due =
        entities
            .createNamedQuery(WorkUnitEntity.DUE, Long.class)
            .setParameter("now", clock.instant())
            .setMaxResults(batch)
            .getResultList();
    return IdBatches.of(due).stream()
        .mapToInt(
            ids ->
                entities
                    .createNamedQuery(WorkUnitEntity.QUEUE_DUE)
                    .setParameter("ids", ids)
                    .executeUpdate())
        .sum();
  }
}
