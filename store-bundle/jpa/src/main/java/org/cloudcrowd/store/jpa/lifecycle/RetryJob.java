package org.cloudcrowd.store.jpa.lifecycle;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.EnumMap;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.store.job.Job;
import org.cloudcrowd.store.jpa.database.Engine;
import org.cloudcrowd.store.jpa.entity.CallbackEntity;
import org.cloudcrowd.store.jpa.entity.JobEntity;
import org.cloudcrowd.store.jpa.entity.VersionRangeEntity;
import org.cloudcrowd.store.jpa.entity.WorkUnitEntity;
import org.cloudcrowd.store.jpa.events.Effects;
import org.cloudcrowd.store.jpa.queue.FairnessTags;
import org.cloudcrowd.store.jpa.queue.ThrottledUnits;
import org.cloudcrowd.store.state.UnitState;

/** Queues the failed and cancelled units of a job again. */
public final class RetryJob {
  private final EntityManager entities;
  private final Effects effects;
  private final FairnessTags tags;

  public RetryJob(EntityManager entities, Effects effects, Engine engine) {
    this.entities = entities;
    this.effects = effects;
    this.tags = new FairnessTags(entities, engine);
  }

  public Job retry(long jobId, Instant now) {
    var job = entities.find(JobEntity.class, jobId, LockModeType.PESSIMISTIC_WRITE);
    if (job == null) {
      return null;
    }
    effects.jobChanged(jobId);
    CallbackEntity.withdraw(entities, job);
    VersionRangeEntity.needed(entities, job);
    job.explain(null);
    if (!job.hasBegun()) {
      job.awaitAgain(now);
      entities
          .createNamedQuery(WorkUnitEntity.AWAIT_AGAIN)
          .setParameter("jobId", jobId)
          .executeUpdate();
      return job.toJob();
    }
    var again = new EnumMap<Stage, Long>(Stage.class);
    entities
        .createNamedQuery(WorkUnitEntity.COUNT_TO_RETRY, Object[].class)
        .setParameter("jobId", jobId)
        .getResultStream()
        .forEach(row -> again.put((Stage) row[0], (Long) row[1]));
    job.setProgress(
        job.progress()
            .retry(again.getOrDefault(Stage.SPLIT, 0L), again.containsKey(Stage.MERGE), jobId),
        now);
    job.throttle().hold(again.values().stream().mapToLong(Long::longValue).sum());
    int retried =
        entities
            .createNamedQuery(WorkUnitEntity.RETRY_OF_JOB)
            .setParameter("jobId", jobId)
            .setParameter("state", job.throttle().begin())
            .setParameter("fairnessTag", tags.now())
            .setParameter("versionRange", job.versionRange())
            .executeUpdate();
    effects.unitsQueued(job.throttle().begin() == UnitState.QUEUED ? retried : 0);
    new ThrottledUnits(entities, effects, now).queue(job);
    return job.toJob();
  }
}
