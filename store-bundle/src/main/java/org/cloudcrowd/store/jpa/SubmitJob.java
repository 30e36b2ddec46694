package org.cloudcrowd.store.jpa;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import org.cloudcrowd.store.IdempotencyKey;
import org.cloudcrowd.store.NewJob;
import org.cloudcrowd.store.Stage;
import org.cloudcrowd.store.WorkStore.Submission;

/** Stores a job and its units, or finds the one that the same request made before. */
final class SubmitJob {
  /** How many new rows are held in memory before they are sent. */
  private static final int FLUSH_EVERY = 500;

  private final EntityManager entities;
  private final Turns turns;

  SubmitJob(EntityManager entities, Engine engine) {
    this.entities = entities;
    this.turns = new Turns(entities, engine);
  }

  /**
   * Where two transactions submit the same key at once, the second to commit breaks the unique key,
   * is run again, and then finds the job of the first.
   */
  Submission submit(NewJob newJob, Instant now) {
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
    store(job, newJob);
    if (job.throttled() > 0) {
      entities.flush();
      new ThrottledUnits(entities, now).queue(entities.find(JobEntity.class, job.id()));
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

  private void store(JobEntity job, NewJob newJob) {
    var stage = newJob.splits() ? Stage.SPLIT : Stage.PROCESS;
    long turn = turns.now();
    int inputNo = 0;
    for (String input : newJob.inputs()) {
      entities.persist(new WorkUnitEntity(job, stage, inputNo, 0, input, turn + inputNo));
      inputNo++;
      if (inputNo % FLUSH_EVERY == 0) {
        entities.flush();
        entities.clear();
      }
    }
  }
}
