package org.cloudcrowd.store.jpa.lifecycle;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.cloudcrowd.store.job.Job;
import org.cloudcrowd.store.jpa.entity.AttemptEntity;
import org.cloudcrowd.store.jpa.entity.AttemptLogEntity;
import org.cloudcrowd.store.jpa.entity.CallbackEntity;
import org.cloudcrowd.store.jpa.entity.CallbackTryEntity;
import org.cloudcrowd.store.jpa.entity.FileDeletionEntity;
import org.cloudcrowd.store.jpa.entity.JobEntity;
import org.cloudcrowd.store.jpa.entity.WorkUnitEntity;
import org.cloudcrowd.store.jpa.events.Effects;

/** Deletes a job and every row of it, and queues the deletion of its files. */
public final class DeleteJob {
  private static final List<String> ROWS =
      List.of(
          WorkUnitEntity.DELETE_OF_JOB,
          AttemptEntity.DELETE_OF_JOB,
          AttemptLogEntity.DELETE_OF_JOB,
          FileDeletionEntity.DELETE_OF_JOB,
          CallbackTryEntity.DELETE_OF_JOB,
          CallbackEntity.DELETE_OF_JOB);

  private final EntityManager entities;
  private final Effects effects;

  public DeleteJob(EntityManager entities, Effects effects) {
    this.entities = entities;
    this.effects = effects;
  }

  /**
   * Deletes a job whose row is locked.
   *
   * @param gracePeriod how long its nodes may still write files of it
   */
  public Job delete(JobEntity job, Duration gracePeriod, Instant now) {
    for (String ofJob : ROWS) {
      entities.createNamedQuery(ofJob).setParameter("jobId", job.id()).executeUpdate();
    }
    entities.persist(new FileDeletionEntity(job, now, now.plus(gracePeriod)));
    var deleted = job.toJob();
    entities.remove(job);
    effects.jobChanged(job.id());
    return deleted;
  }
}
