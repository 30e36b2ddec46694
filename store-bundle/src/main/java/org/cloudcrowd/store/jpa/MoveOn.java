package org.cloudcrowd.store.jpa;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.stream.Collectors;
import org.cloudcrowd.store.JobProgress;
import org.cloudcrowd.store.JobState;
import org.cloudcrowd.store.Stage;
import org.cloudcrowd.store.UnitState;
import org.cloudcrowd.store.WorkQueries;

/** Takes a job whose row is locked to where its counters say it is. */
final class MoveOn {
  private final EntityManager entities;
  private final Turns turns;
  private final Instant now;
  private final ThrottledUnits throttled;

  MoveOn(EntityManager entities, Turns turns, Instant now) {
    this.entities = entities;
    this.turns = turns;
    this.now = now;
    this.throttled = new ThrottledUnits(entities, now);
  }

  /**
   * What came of it.
   *
   * @param queued how many units were queued
   * @param finished whether the job is complete by it
   * @param tells whether its receiver is to be told
   */
  record Moved(int queued, boolean finished, boolean tells) {}

  Moved move(JobEntity job, JobProgress progress) {
    var moved = progress.advance(job.id());
    int queued = 0;
    if (moved.state() != progress.state() && moved.state() == JobState.MERGING) {
      queued = queueMerge(job);
    }
    boolean finished = moved.state().isComplete() && !job.progress().state().isComplete();
    boolean tells = finished && CallbackEntity.queue(entities, job, now) != null;
    job.setProgress(moved, now);
    return new Moved(queued + throttled.queue(job), finished, tells);
  }

  private int queueMerge(JobEntity job) {
    var outputs =
        JpaWorkQueries.outputs(entities, job.id(), Stage.PROCESS).stream()
            .map(WorkQueries.UnitEnd::output)
            .collect(Collectors.joining(",", "[", "]"));
    entities.persist(
        new WorkUnitEntity(job, Stage.MERGE, job.throttle().begin(), 0, 0, outputs, turns.now()));
    job.throttle().hold(1);
    return job.throttle().begin() == UnitState.QUEUED ? 1 : 0;
  }
}
