package org.cloudcrowd.store.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.cloudcrowd.store.Attempt;
import org.cloudcrowd.store.AttemptOutcome;
import org.cloudcrowd.store.Completion;
import org.cloudcrowd.store.JobProgress;
import org.cloudcrowd.store.JobState;
import org.cloudcrowd.store.Lease;
import org.cloudcrowd.store.Stage;
import org.cloudcrowd.store.UnitResult;
import org.cloudcrowd.store.UnitState;
import org.cloudcrowd.store.WorkQueries;

/**
 * Counts results and moves jobs on.
 *
 * <p>A job's row is locked before its units are touched, and jobs are locked in the order of their
 * ids. So the last unit of a stage is seen as the last by exactly one transaction, and two batches
 * that share jobs wait for each other but never in a circle.
 */
final class CompleteUnits {
  /** A unit that took this many nodes down with it gets no other. */
  static final int MAX_LOSSES = 20;

  private final EntityManager entities;
  private final LentUnits lent;
  private final Turns turns;
  private final RandomGenerator random;
  private final Instant now;
  private final ThrottledUnits throttled;

  private final Set<Lease> refused = new LinkedHashSet<>();
  private final List<Long> finishedJobs = new ArrayList<>();
  private final List<Attempt> refuted = new ArrayList<>();
  private int queued;
  private int callbacks;

  CompleteUnits(EntityManager entities, Turns turns, RandomGenerator random, Instant now) {
    this.entities = entities;
    this.lent = new LentUnits(entities);
    this.turns = turns;
    this.random = random;
    this.now = now;
    this.throttled = new ThrottledUnits(entities, now);
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
    return new Completion(refused, queued, finishedJobs, callbacks, refuted);
  }

  private void completeOf(JobEntity job, List<UnitResult> results, Map<Lease, LentUnit> units) {
    var progress = job.progress();
    var succeeded = endOfSuccessful(results, units);
    for (UnitResult result : results) {
      var after = count(job, progress, units.get(result.lease()), result, succeeded);
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
      callbacks += CallbackEntity.queue(entities, job, now) == null ? 0 : 1;
    }
    job.setProgress(moved, now);
    queued += throttled.queue(job);
  }

  private Set<Lease> endOfSuccessful(List<UnitResult> results, Map<Lease, LentUnit> units) {
    var outputs = new LinkedHashMap<Lease, String>();
    for (UnitResult result : results) {
      var unit = units.get(result.lease());
      if (result instanceof UnitResult.Succeeded succeeded && unit.stage() != Stage.SPLIT) {
        outputs.putIfAbsent(unit.lease(), succeeded.output());
      }
    }
    return outputs.isEmpty() ? new HashSet<>() : new Successes(entities).end(outputs);
  }

  /**
   * The job's progress with the result counted, or null if its lease is no longer current or it is
   * the result of another stage.
   *
   * @param succeeded the leases whose units have succeeded and were not counted yet
   */
  private JobProgress count(
      JobEntity job, JobProgress progress, LentUnit unit, UnitResult result, Set<Lease> succeeded) {
    if (result instanceof UnitResult.Unsuccessful unsuccessful) {
      return endWithoutSuccess(job, progress, unit, unsuccessful);
    }
    boolean isSplit = result instanceof UnitResult.Split;
    if (isSplit != (unit.stage() == Stage.SPLIT)) {
      return null;
    }
    if (result instanceof UnitResult.Split split) {
      if (!lent.remove(unit.lease())) {
        return null;
      }
      queueParts(job, unit, split.parts());
      record(unit, result, AttemptOutcome.SUCCEEDED, null);
      return progress.unitSplitInto(split.parts().size());
    }
    if (!succeeded.remove(unit.lease())) {
      return null;
    }
    record(unit, result, AttemptOutcome.SUCCEEDED, null);
    if (unit.failures() > 0) {
      findRefuted(unit);
    }
    return progress.unitSucceeded();
  }

  private JobProgress endWithoutSuccess(
      JobEntity job, JobProgress progress, LentUnit unit, UnitResult.Unsuccessful result) {
    var outcome = result.outcome();
    int failures = unit.failures() + (outcome.countsAsFailure() ? 1 : 0);
    boolean isLast =
        outcome.countsAsFailure()
            ? job.isLastFailure(failures)
            : outcome == AttemptOutcome.NODE_LOST && unit.losses() + 1 >= MAX_LOSSES;
    var pause =
        outcome.countsAsFailure() && !isLast
            ? job.retryPause(failures, random.nextDouble())
            : Duration.ZERO;
    var next = isLast ? UnitState.FAILED : pause.isZero() ? UnitState.QUEUED : UnitState.DELAYED;
    boolean ended =
        next == UnitState.DELAYED
            ? lent.delay(unit, now.plus(pause), outcome, result.message())
            : lent.endWithoutSuccess(unit, next, outcome, result.message());
    if (!ended) {
      return null;
    }
    record(unit, result, outcome, result.message());
    if (next == UnitState.QUEUED) {
      queued++;
    }
    return isLast ? progress.unitFailed(unit.stage()) : progress;
  }

  /** The unit was not to blame for these. */
  private void findRefuted(LentUnit unit) {
    entities
        .createNamedQuery(AttemptEntity.OF_UNIT, AttemptEntity.class)
        .setParameter("jobId", unit.jobId())
        .setParameter("unitId", unit.id())
        .getResultStream()
        .map(AttemptEntity::toAttempt)
        .filter(attempt -> attempt.outcome().countsAsFailure())
        .filter(attempt -> !attempt.node().equals(unit.node()))
        .forEach(refuted::add);
  }

  private void record(LentUnit unit, UnitResult result, AttemptOutcome outcome, String message) {
    entities.persist(new AttemptEntity(unit, result.runner(), outcome, message, now));
  }

  private void queueParts(JobEntity job, LentUnit split, List<String> parts) {
    long turn = parts.isEmpty() ? 0 : turns.now();
    for (int part = 0; part < parts.size(); part++) {
      entities.persist(
          new WorkUnitEntity(
              job, Stage.PROCESS, split.inputNo(), part, parts.get(part), turn + part));
    }
    job.hold(parts.size());
    queued += job.begin() == UnitState.QUEUED ? parts.size() : 0;
  }

  private void queueMerge(JobEntity job) {
    var outputs =
        JpaWorkQueries.outputs(entities, job.id(), Stage.PROCESS).stream()
            .map(WorkQueries.UnitEnd::output)
            .collect(Collectors.joining(",", "[", "]"));
    entities.persist(new WorkUnitEntity(job, Stage.MERGE, 0, 0, outputs, turns.now()));
    job.hold(1);
    queued += job.begin() == UnitState.QUEUED ? 1 : 0;
  }
}
