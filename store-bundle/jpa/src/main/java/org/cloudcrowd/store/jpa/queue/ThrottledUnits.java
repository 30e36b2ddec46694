package org.cloudcrowd.store.jpa.queue;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import org.cloudcrowd.store.jpa.database.IdBatches;
import org.cloudcrowd.store.jpa.entity.JobEntity;
import org.cloudcrowd.store.jpa.entity.WorkUnitEntity;
import org.cloudcrowd.store.jpa.events.Effects;
import org.cloudcrowd.store.state.UnitState;

/**
 * The throttled units of a job. They are queued as others of the job end, so a claim does not
 * depend on the limits of jobs and never skips units that may not run.
 */
public final class ThrottledUnits {
  private final EntityManager entities;
  private final Effects effects;
  private final Instant now;

  public ThrottledUnits(EntityManager entities, Effects effects, Instant now) {
    this.entities = entities;
    this.effects = effects;
    this.now = now;
  }

  /**
   * Queues as many units as the limit allows.
   *
   * @param job a job whose row is locked
   * @return how many
   */
  public int queue(JobEntity job) {
    var throttle = job.throttle();
    if (throttle.held() == 0) {
      return 0;
    }
    int allowed =
        throttle.mayQueue(
            job.progress().open(), throttle.limit().hasRate() ? running(job) : 0, now);
    if (allowed == 0) {
      return 0;
    }
    var next =
        entities
            .createNamedQuery(WorkUnitEntity.THROTTLED_OF_JOB, Long.class)
            .setParameter("action", job.action())
            .setParameter("versionRange", job.versionRange())
            .setParameter("jobId", job.id())
            .setMaxResults(allowed)
            .getResultList();
    next.forEach(unit -> UnitState.THROTTLED.changeTo(UnitState.QUEUED, unit));
    int queued =
        IdBatches.of(next).stream()
            .mapToInt(
                ids ->
                    entities
                        .createNamedQuery(WorkUnitEntity.QUEUE_THROTTLED)
                        .setParameter("ids", ids)
                        .executeUpdate())
            .sum();
    throttle.queued(queued);
    effects.unitsQueued(queued);
    return queued;
  }

  private long running(JobEntity job) {
    return entities
        .createNamedQuery(WorkUnitEntity.COUNT_RUNNING_OF_JOB, Long.class)
        .setParameter("action", job.action())
        .setParameter("jobId", job.id())
        .getSingleResult();
  }
}
