package org.cloudcrowd.store.jpa.lifecycle;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import org.cloudcrowd.store.jpa.entity.AttemptEntity;
import org.cloudcrowd.store.jpa.entity.CallbackEntity;
import org.cloudcrowd.store.jpa.entity.FileDeletionEntity;
import org.cloudcrowd.store.jpa.entity.JobEntity;
import org.cloudcrowd.store.jpa.entity.LeasedUnit;
import org.cloudcrowd.store.jpa.entity.WorkUnitEntity;
import org.cloudcrowd.store.jpa.events.Effects;
import org.cloudcrowd.store.jpa.queue.LeasedUnits;
import org.cloudcrowd.store.state.AttemptOutcome;
import org.cloudcrowd.store.unit.Runner;

/** Cancels a job and those of its units that are not complete. */
public final class CancelJob {
  private final EntityManager entities;
  private final Effects effects;
  private final Instant now;

  public CancelJob(EntityManager entities, Effects effects, Instant now) {
    this.entities = entities;
    this.effects = effects;
    this.now = now;
  }

  /**
   * Cancels a job whose row is locked.
   *
   * @param message why, where nobody asked for it; or null
   */
  public void cancel(JobEntity job, String message) {
    job.setProgress(job.progress().cancel(job.id()), now);
    job.explain(message);
    job.throttle().holdNone();
    for (LeasedUnit unit : new LeasedUnits(entities).ofJob(job.id())) {
      entities.persist(
          new AttemptEntity(unit, Runner.UNKNOWN, AttemptOutcome.CANCELLED, null, now));
      entities.persist(new FileDeletionEntity(job, unit, now, now.plus(CompleteUnits.STALE_FOR)));
    }
    entities
        .createNamedQuery(WorkUnitEntity.CANCEL_OF_JOB)
        .setParameter("jobId", job.id())
        .executeUpdate();
    CallbackEntity.queue(entities, job, now);
    effects.jobChanged(job.id());
  }
}
