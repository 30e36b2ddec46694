package org.cloudcrowd.store.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cloudcrowd.store.Completion;
import org.cloudcrowd.store.JobProgress;
import org.cloudcrowd.store.JobState;
import org.cloudcrowd.store.Lease;
import org.cloudcrowd.store.Stage;
import org.cloudcrowd.store.UnitResult;
import org.cloudcrowd.store.WorkQueries;

/**
 * Counts results and moves jobs on.
 *
 * <p>A job's row is locked before its units are touched, and jobs are locked in the order of their
 * ids. So the last unit of a stage is seen as the last by exactly one transaction, and two batches
 * that share jobs wait for each other but never in a circle.
 */
final class CompleteUnits {
  private final EntityManager entities;
  private final LentUnits lent;
  private final Instant now;

  private final Set<Lease> refused = new LinkedHashSet<>();
  private final List<Long> finishedJobs = new ArrayList<>();
  private int queued;

  CompleteUnits(EntityManager entities, Instant now) {
    this.entities = entities;
    this.lent = new LentUnits(entities);
    this.now = now;
  }

  Completion complete(Collection<UnitResult> results) {
    var units = lent.current(results.stream().map(UnitResult::lease).toList());
    var byJob = new TreeMap<Long, List<UnitResult>>();
    for (UnitResult result : results) {
      var unit = units.get(result.lease());
      if (unit == null) {
        refused.add(result.lease());
      } else {
        byJob.computeIfAbsent(unit.jobId(), id -> new ArrayList<>()).add(result);
      }
    }
    byJob.forEach(
        (jobId, ofJob) -> {
          var job = entities.find(JobEntity.class, jobId, LockModeType.PESSIMISTIC_WRITE);
          if (job == null) {
            ofJob.forEach(result -> refused.add(result.lease()));
          } else {
            completeOf(job, ofJob, units);
          }
        });
    return new Completion(refused, queued, finishedJobs);
  }

  private void completeOf(JobEntity job, List<UnitResult> results, Map<Lease, LentUnit> units) {
    var progress = job.progress();
    for (UnitResult result : results) {
      var after = count(job, progress, units.get(result.lease()), result);
      if (after == null) {
        refused.add(result.lease());
      } else {
        progress = after;
      }
    }
    var moved = progress.advance(job.id());
    if (moved.state() != progress.state() && moved.state() == JobState.MERGING) {
      queueMerge(job);
    }
    if (moved.state().isComplete() && !job.progress().state().isComplete()) {
      finishedJobs.add(job.id());
    }
    job.setProgress(moved, now);
  }

  /**
   * The job's progress with the result counted, or null if its lease is no longer current or it is
   * the result of another stage.
   */
  private JobProgress count(JobEntity job, JobProgress progress, LentUnit unit, UnitResult result) {
    boolean isSplit = result instanceof UnitResult.Split;
    if (!(result instanceof UnitResult.Failed) && isSplit != (unit.stage() == Stage.SPLIT)) {
      return null;
    }
    if (result instanceof UnitResult.Succeeded succeeded) {
      return lent.succeed(unit.lease(), succeeded.output()) ? progress.unitSucceeded() : null;
    }
    if (result instanceof UnitResult.Split split) {
      if (!lent.remove(unit.lease())) {
        return null;
      }
      queueParts(job, unit, split.parts());
      return progress.unitSplitInto(split.parts().size());
    }
    var failed = (UnitResult.Failed) result;
    if (unit.failures() + 1 >= job.maxAttempts()) {
      return lent.fail(unit.lease(), failed.message()) ? progress.unitFailed(unit.stage()) : null;
    }
    if (!lent.retry(unit.lease(), failed.message())) {
      return null;
    }
    queued++;
    return progress;
  }

  private void queueParts(JobEntity job, LentUnit split, List<String> parts) {
    for (int part = 0; part < parts.size(); part++) {
      entities.persist(
          new WorkUnitEntity(job, Stage.PROCESS, split.inputNo(), part, parts.get(part)));
    }
    queued += parts.size();
  }

  private void queueMerge(JobEntity job) {
    var outputs =
        JpaWorkQueries.outputs(entities, job.id(), Stage.PROCESS).stream()
            .map(WorkQueries.UnitEnd::output)
            .collect(Collectors.joining(",", "[", "]"));
    entities.persist(new WorkUnitEntity(job, Stage.MERGE, 0, 0, outputs));
    queued++;
  }
}
