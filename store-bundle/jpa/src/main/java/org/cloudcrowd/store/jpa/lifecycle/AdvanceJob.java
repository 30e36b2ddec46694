package org.cloudcrowd.store.jpa.lifecycle;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.stream.Collectors;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.store.WorkQueries;
import org.cloudcrowd.store.job.JobProgress;
import org.cloudcrowd.store.jpa.entity.CallbackEntity;
import org.cloudcrowd.store.jpa.entity.JobEntity;
import org.cloudcrowd.store.jpa.entity.WorkUnitEntity;
import org.cloudcrowd.store.jpa.events.Effects;
import org.cloudcrowd.store.jpa.queue.FairnessTags;
import org.cloudcrowd.store.jpa.queue.ThrottledUnits;
import org.cloudcrowd.store.state.JobState;
import org.cloudcrowd.store.state.UnitState;

/** Advances a job whose row is locked to the state that its counters ask for. */
final class AdvanceJob {
  private final EntityManager entities;
  private final Effects effects;
  private final FairnessTags tags;
  private final Instant now;
  private final ThrottledUnits throttled;

  AdvanceJob(EntityManager entities, Effects effects, FairnessTags tags, Instant now) {
    this.entities = entities;
    this.effects = effects;
    this.tags = tags;
    this.now = now;
    this.throttled = new ThrottledUnits(entities, effects, now);
  }

  /**
   * What advancing a job did.
   *
   * @param queued how many units were queued
   * @param finished whether the job has become complete
   * @param queuedCallback whether its callback was queued
   */
  record Advance(int queued, boolean finished, boolean queuedCallback) {}

  Advance advance(JobEntity job, JobProgress progress) {
    var advanced = progress.advance(job.id());
    int queued = 0;
    if (advanced.state() != progress.state() && advanced.state() == JobState.MERGING) {
      queued = queueMerge(job);
    }
    boolean finished = advanced.state().isComplete() && !job.progress().state().isComplete();
    boolean queuedCallback = finished && CallbackEntity.queue(entities, job, now) != null;
    job.setProgress(advanced, now);
    effects.unitsQueued(queued);
    return new Advance(queued + throttled.queue(job), finished, queuedCallback);
  }

  private int queueMerge(JobEntity job) {
    var outputs =
        new JobOutputs(entities)
            .ofStage(job.id(), Stage.PROCESS).stream()
                .map(WorkQueries.UnitEnd::output)
                .collect(Collectors.joining(",", "[", "]"));
    entities.persist(
        new WorkUnitEntity(job, Stage.MERGE, job.throttle().begin(), 0, 0, outputs, tags.now()));
    job.throttle().hold(1);
    return job.throttle().begin() == UnitState.QUEUED ? 1 : 0;
  }
}
