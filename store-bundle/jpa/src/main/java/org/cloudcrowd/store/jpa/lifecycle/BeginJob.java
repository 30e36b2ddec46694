package org.cloudcrowd.store.jpa.lifecycle;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.cloudcrowd.store.WorkQueries;
import org.cloudcrowd.store.jpa.database.Engine;
import org.cloudcrowd.store.jpa.entity.JobEntity;
import org.cloudcrowd.store.jpa.entity.WorkUnitEntity;
import org.cloudcrowd.store.jpa.events.Effects;
import org.cloudcrowd.store.jpa.queue.FairnessTags;
import org.cloudcrowd.store.state.JobState;
import org.cloudcrowd.store.state.UnitState;

/**
 * Begins a waiting job whose prerequisites are met, or cancels it where one can no longer be met.
 */
final class BeginJob {
  private final EntityManager entities;
  private final Effects effects;
  private final FairnessTags tags;
  private final Instant now;

  BeginJob(EntityManager entities, Effects effects, Engine engine, Instant now) {
    this.entities = entities;
    this.effects = effects;
    this.tags = new FairnessTags(entities, engine);
    this.now = now;
  }

  /** The outcome for a job. */
  enum Outcome {
    /** It still waits. */
    WAITS,
    /** It has begun. */
    BEGUN,
    /** It was cancelled. */
    CANCELLED
  }

  /**
   * Begins or cancels a job whose row is locked. Its predecessors need no lock: one that has
   * succeeded stays so until it is deleted, and then has no outputs.
   */
  Outcome begin(JobEntity job) {
    if (!job.isWaiting()) {
      return Outcome.WAITS;
    }
    for (long predecessor : job.after()) {
      var found = entities.find(JobEntity.class, predecessor);
      var state = found == null ? null : found.progress().state();
      if (state == null || (state.isComplete() && state != JobState.SUCCEEDED)) {
        new CancelJob(entities, effects, now)
            .cancel(
                job,
                "job "
                    + predecessor
                    + ", which this one waited for, "
                    + (state == null ? "was deleted" : "is " + word(state)));
        return Outcome.CANCELLED;
      }
      if (!state.isComplete()) {
        return Outcome.WAITS;
      }
    }
    if (job.awaitsAction()) {
      return Outcome.WAITS;
    }
    job.awaitTimeAlone(now);
    if (!job.isDue(now)) {
      return Outcome.WAITS;
    }
    var begun = job.takesOutputs() ? withOutputs(job) : withItsInputs(job);
    var unused = new AdvanceJob(entities, effects, tags, now).advance(begun, begun.progress());
    effects.jobChanged(begun.id());
    return Outcome.BEGUN;
  }

  private static String word(JobState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private JobEntity withItsInputs(JobEntity job) {
    int inputs =
        entities
            .createNamedQuery(WorkUnitEntity.BEGIN_OF_JOB)
            .setParameter("jobId", job.id())
            .setParameter("state", job.throttle().begin())
            .setParameter("fairnessTag", tags.now())
            .executeUpdate();
    effects.unitsQueued(job.throttle().begin() == UnitState.QUEUED ? inputs : 0);
    job.begin(inputs, now);
    return job;
  }

  private JobEntity withOutputs(JobEntity job) {
    int inputs =
        new NewUnits(entities, effects)
            .store(
                job,
                job.throttle().begin(),
                List.copyOf(job.after()).stream().flatMap(this::outputs),
                tags.now());
    var attached = entities.find(JobEntity.class, job.id());
    attached.begin(inputs, now);
    return attached;
  }

  private Stream<String> outputs(long predecessor) {
    return new JobOutputs(entities).of(predecessor).stream().map(WorkQueries.UnitEnd::output);
  }
}
