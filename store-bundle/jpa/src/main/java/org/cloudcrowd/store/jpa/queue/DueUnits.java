package org.cloudcrowd.store.jpa.queue;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.cloudcrowd.store.EachAlone;
import org.cloudcrowd.store.jpa.database.IdBatches;
import org.cloudcrowd.store.jpa.database.Transactions;
import org.cloudcrowd.store.jpa.entity.JobEntity;
import org.cloudcrowd.store.jpa.entity.WorkUnitEntity;
import org.cloudcrowd.store.jpa.events.Effects;
import org.cloudcrowd.store.jpa.events.PublishingTransactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queues the work units whose backoff is over, and the throttled ones that their job's limit now
 * allows.
 */
public final class DueUnits {
  private static final Logger log = LoggerFactory.getLogger(DueUnits.class);

  private final Transactions transactions;
  private final PublishingTransactions publishing;
  private final Clock clock;
  private final int batch;

  /**
   * @param batch how many one transaction queues
   */
  public DueUnits(
      Transactions transactions, PublishingTransactions publishing, Clock clock, int batch) {
    this.transactions = transactions;
    this.publishing = publishing;
    this.clock = clock;
    this.batch = batch;
  }

  /**
   * Queues the units that are due.
   *
   * @return how many
   */
  public int queue() {
    int all = queueThrottled();
    for (int queued = batch; queued == batch; all += queued) {
      queued = publishing.run("queue delayed work units", this::queueDelayed);
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
    var queued = new AtomicInteger();
    EachAlone.forEach(
        jobs,
        id -> queued.addAndGet(queueThrottled(id)),
        (id, cause) -> log.error("Throttled work units of job {} cannot be queued", id, cause));
    return queued.get();
  }

  private int queueThrottled(long id) {
    return publishing.run(
        "queue throttled work units of job " + id,
        (entities, effects) -> queueThrottled(entities, effects, id));
  }

  private int queueThrottled(EntityManager entities, Effects effects, long jobId) {
    var job = entities.find(JobEntity.class, jobId, LockModeType.PESSIMISTIC_WRITE);
    return job == null ? 0 : new ThrottledUnits(entities, effects, clock.instant()).queue(job);
  }

  private int queueDelayed(EntityManager entities, Effects effects) {
    var due =
        entities
            .createNamedQuery(WorkUnitEntity.DUE, Long.class)
            .setParameter("now", clock.instant())
            .setMaxResults(batch)
            .getResultList();
    int queued =
        IdBatches.of(due).stream()
            .mapToInt(
                ids ->
                    entities
                        .createNamedQuery(WorkUnitEntity.QUEUE_DUE)
                        .setParameter("ids", ids)
                        .executeUpdate())
            .sum();
    effects.unitsQueued(queued);
    return queued;
  }
}
