package org.cloudcrowd.store.jpa.lifecycle;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import org.cloudcrowd.store.WorkStore.Submission;
import org.cloudcrowd.store.job.IdempotencyKey;
import org.cloudcrowd.store.job.NewJob;
import org.cloudcrowd.store.jpa.database.Engine;
import org.cloudcrowd.store.jpa.entity.JobEntity;
import org.cloudcrowd.store.jpa.entity.VersionRangeEntity;
import org.cloudcrowd.store.jpa.events.Effects;
import org.cloudcrowd.store.jpa.queue.FairnessTags;
import org.cloudcrowd.store.jpa.queue.ThrottledUnits;
import org.cloudcrowd.store.state.UnitState;

/** Stores a job and its units, or finds the one that the same request made before. */
public final class SubmitJob {
  private final EntityManager entities;
  private final Effects effects;
  private final FairnessTags tags;

  public SubmitJob(EntityManager entities, Effects effects, Engine engine) {
    this.entities = entities;
    this.effects = effects;
    this.tags = new FairnessTags(entities, engine);
  }

  /**
   * Where two transactions submit the same key at once, the second to commit violates the unique
   * key, is run again, and finds the job of the first.
   */
  public Submission submit(NewJob newJob, Instant now) {
    var key = newJob.idempotencyKey();
    var before = key == null ? null : find(key);
    if (before != null) {
      return new Submission(
          before.toJob(),
          key.digest().equals(before.requestDigest())
              ? Submission.Outcome.REPEATED
              : Submission.Outcome.KEY_TAKEN);
    }
    var job = new JobEntity(newJob, now);
    VersionRangeEntity.needed(entities, job);
    entities.persist(job);
    entities.flush();
    var stored = job.toJob();
    effects.jobChanged(job.id());
    new NewUnits(entities, effects)
        .store(
            job,
            job.isWaiting() ? UnitState.WAITING : job.throttle().begin(),
            newJob.inputs().stream(),
            // The units of a waiting job get their tags when it begins.
            job.isWaiting() ? 0 : tags.now());
    if (job.throttle().held() > 0) {
      new ThrottledUnits(entities, effects, now).queue(entities.find(JobEntity.class, job.id()));
    }
    return new Submission(stored, Submission.Outcome.STORED);
  }

  private JobEntity find(IdempotencyKey key) {
    return entities
        .createNamedQuery(JobEntity.BY_IDEMPOTENCY_KEY, JobEntity.class)
        .setParameter("key", key.key())
        .getResultStream()
        .findFirst()
        .orElse(null);
  }
}
