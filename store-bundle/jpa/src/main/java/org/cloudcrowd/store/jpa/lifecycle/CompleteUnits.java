package org.cloudcrowd.store.jpa.lifecycle;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.store.Effect;
import org.cloudcrowd.store.UnitLogs.UnitLog;
import org.cloudcrowd.store.job.JobProgress;
import org.cloudcrowd.store.jpa.entity.AttemptEntity;
import org.cloudcrowd.store.jpa.entity.AttemptLogEntity;
import org.cloudcrowd.store.jpa.entity.FileDeletionEntity;
import org.cloudcrowd.store.jpa.entity.JobEntity;
import org.cloudcrowd.store.jpa.entity.LeasedUnit;
import org.cloudcrowd.store.jpa.entity.VersionRangeEntity;
import org.cloudcrowd.store.jpa.entity.VersionRanges;
import org.cloudcrowd.store.jpa.entity.WorkUnitEntity;
import org.cloudcrowd.store.jpa.events.Effects;
import org.cloudcrowd.store.jpa.queue.FairnessTags;
import org.cloudcrowd.store.jpa.queue.LeasedUnits;
import org.cloudcrowd.store.state.AttemptOutcome;
import org.cloudcrowd.store.state.UnitState;
import org.cloudcrowd.store.unit.Attempt;
import org.cloudcrowd.store.unit.CompletedBatch;
import org.cloudcrowd.store.unit.UnitResult;

/**
 * Accepts or rejects results, and advances the jobs of those that it accepts.
 *
 * <p>A job's row is locked before its units are touched, and jobs are locked in the order of their
 * ids. So the last unit of a stage is seen as the last by exactly one transaction, and two batches
 * that share jobs wait for each other but never in a circle.
 */
public final class CompleteUnits {
  /** How long a node whose lease has ended may still write files before it learns of it. */
  static final Duration STALE_FOR = Duration.ofMinutes(1);

  private final EntityManager entities;
  private final LeasedUnits leased;
  private final FairnessTags tags;
  private final RandomGenerator random;
  private final Instant now;
  private final int maxNodeLosses;
  private final AdvanceJob advancing;

  private final Map<AttemptLogEntity.Key, UnitLog> logs = new HashMap<>();
  private final Effects effects;
  private final Set<Lease> rejected = new LinkedHashSet<>();
  private final List<Long> finishedJobs = new ArrayList<>();
  private final List<Attempt> refuted = new ArrayList<>();
  private int queued;
  private int callbacks;

  /**
   * Completes units in a transaction.
   *
   * @param effects gets what the transaction does
   * @param maxNodeLosses a unit that was lost with its node this often has failed
   */
  public CompleteUnits(
      EntityManager entities,
      Effects effects,
      FairnessTags tags,
      RandomGenerator random,
      Instant now,
      int maxNodeLosses) {
    this.entities = entities;
    this.effects = effects;
    this.leased = new LeasedUnits(entities);
    this.tags = tags;
    this.random = random;
    this.now = now;
    this.maxNodeLosses = maxNodeLosses;
    this.advancing = new AdvanceJob(entities, effects, tags, now);
  }

  /**
   * Accepts the results whose lease is current, and stores what their attempts printed; rejects the
   * others.
   */
  public CompletedBatch complete(Collection<UnitResult> results, Collection<UnitLog> printed) {
    printed.forEach(log -> logs.put(new AttemptLogEntity.Key(log.unitId(), log.attempt()), log));
    var units = leased.current(results.stream().map(UnitResult::lease).toList());
    var byJob = new TreeMap<Long, List<UnitResult>>();
    for (UnitResult result : results) {
      var unit = units.get(result.lease());
      if (unit == null) {
        reject(result);
      } else {
        byJob.computeIfAbsent(unit.jobId(), id -> new ArrayList<>()).add(result);
      }
    }
    byJob.forEach(
        (jobId, ofJob) -> {
          var job = entities.find(JobEntity.class, jobId, LockModeType.PESSIMISTIC_WRITE);
          if (job == null) {
            ofJob.forEach(this::reject);
          } else {
            completeOf(job, ofJob, units);
          }
        });
    effects.unitsQueued(queued);
    return new CompletedBatch(rejected, queued, finishedJobs, callbacks, refuted);
  }

  private void reject(UnitResult result) {
    if (rejected.add(result.lease())) {
      effects.resultRejected(result.lease());
    }
  }

  private void completeOf(JobEntity job, List<UnitResult> results, Map<Lease, LeasedUnit> units) {
    var progress = job.progress();
    var succeeded = endOfSuccessful(results, units);
    for (UnitResult result : results) {
      storeLog(job, result.lease());
      var after = accept(job, progress, units.get(result.lease()), result, succeeded);
      if (after == null) {
        reject(result);
      } else {
        progress = after;
      }
    }
    var before = job.progress().state();
    var advance = advancing.advance(job, progress);
    if (job.progress().state() != before) {
      effects.jobChanged(job.id());
    }
    if (advance.finished()) {
      finishedJobs.add(job.id());
    }
    callbacks += advance.queuedCallback() ? 1 : 0;
    queued += advance.queued();
  }

  private void storeLog(JobEntity job, Lease lease) {
    var log = logs.remove(new AttemptLogEntity.Key(lease.unitId(), lease.attempt()));
    if (log != null) {
      new StoreLogs(entities).store(job.id(), log);
    }
  }

  private Set<Lease> endOfSuccessful(List<UnitResult> results, Map<Lease, LeasedUnit> units) {
    var outputs = new LinkedHashMap<Lease, String>();
    for (UnitResult result : results) {
      var unit = units.get(result.lease());
      if (result instanceof UnitResult.Succeeded succeeded && unit.stage() != Stage.SPLIT) {
        outputs.putIfAbsent(unit.lease(), succeeded.output());
      }
    }
    return outputs.isEmpty() ? new HashSet<>() : new CompleteSuccesses(entities).end(outputs);
  }

  /**
   * Accepts a result, unless its lease is not current or it is the result of another stage.
   *
   * @param succeeded the leases whose units have succeeded and are not yet in the progress
   * @return the job's progress with the result, or null if the result is rejected
   */
  private JobProgress accept(
      JobEntity job,
      JobProgress progress,
      LeasedUnit unit,
      UnitResult result,
      Set<Lease> succeeded) {
    if (result instanceof UnitResult.Unsuccessful unsuccessful) {
      return endWithoutSuccess(job, progress, unit, unsuccessful);
    }
    boolean isSplit = result instanceof UnitResult.Split;
    if (isSplit != (unit.stage() == Stage.SPLIT)) {
      return null;
    }
    if (result instanceof UnitResult.Split split) {
      if (!leased.remove(unit.lease())) {
        return null;
      }
      queueParts(job, unit, split.parts());
      record(job, unit, result, AttemptOutcome.SUCCEEDED, null);
      changed(unit, UnitState.SUCCEEDED);
      return progress.unitSplitInto(split.parts().size());
    }
    if (!succeeded.remove(unit.lease())) {
      return null;
    }
    record(job, unit, result, AttemptOutcome.SUCCEEDED, null);
    changed(unit, UnitState.SUCCEEDED);
    if (unit.failures() > 0) {
      findRefuted(unit);
    }
    return progress.unitSucceeded();
  }

  private JobProgress endWithoutSuccess(
      JobEntity job, JobProgress progress, LeasedUnit unit, UnitResult.Unsuccessful result) {
    var outcome = result.outcome();
    int failures = unit.failures() + (outcome.countsAsFailure() ? 1 : 0);
    boolean isLast =
        outcome.countsAsFailure()
            ? job.retryPolicy().isLastFailure(failures)
            : outcome == AttemptOutcome.NODE_LOST && unit.losses() + 1 >= maxNodeLosses;
    var backoff =
        outcome.countsAsFailure() && !isLast
            ? job.retryPolicy().backoff(failures, random.nextDouble())
            : Duration.ZERO;
    var next = isLast ? UnitState.FAILED : backoff.isZero() ? UnitState.QUEUED : UnitState.DELAYED;
    var message =
        isLast && outcome == AttemptOutcome.NODE_LOST
            ? result.message() + lastLoss(unit.losses() + 1)
            : result.message();
    boolean ended =
        next == UnitState.DELAYED
            ? leased.delay(unit, now.plus(backoff), outcome, message)
            : leased.endWithoutSuccess(
                unit, next, versionRange(job, unit, outcome, isLast), outcome, message);
    if (!ended) {
      return null;
    }
    record(job, unit, result, outcome, message);
    changed(unit, next);
    if (next == UnitState.QUEUED) {
      queued++;
    }
    return isLast ? progress.unitFailed(unit.stage()) : progress;
  }

  private static String lastLoss(int losses) {
    return "; the work unit was lost with its node "
        + losses
        + " time(s), as often as max_node_losses allows";
  }

  /**
   * The version range under which the unit waits. A unit that would fail with its next loss waits
   * isolated, so that it does not fail because another unit ends its node.
   */
  private String versionRange(
      JobEntity job, LeasedUnit unit, AttemptOutcome outcome, boolean isLast) {
    if (outcome != AttemptOutcome.NODE_LOST
        || isLast
        || unit.losses() + 2 < maxNodeLosses
        || !VersionRanges.canBeIsolated(unit.versionRange())) {
      return unit.versionRange();
    }
    VersionRangeEntity.neededIsolated(entities, job);
    return VersionRanges.isolated(unit.versionRange());
  }

  private void changed(LeasedUnit unit, UnitState state) {
    effects.unitChanged(unit.jobId(), unit.id(), state, null);
  }

  /** Finds the failed attempts on other nodes, now that the unit has succeeded. */
  private void findRefuted(LeasedUnit unit) {
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

  private void record(
      JobEntity job, LeasedUnit unit, UnitResult result, AttemptOutcome outcome, String message) {
    entities.persist(new AttemptEntity(unit, result.runner(), outcome, message, now));
    effects.attemptEnded(
        new Effect.AttemptEnded(
            job.action(), unit.stage(), outcome, Duration.between(unit.leasedAt(), now)));
    if (outcome.leavesFiles()) {
      var graceEndsAt = outcome.isKnownToHaveEnded() ? now : now.plus(STALE_FOR);
      entities.persist(new FileDeletionEntity(job, unit, now, graceEndsAt));
    }
  }

  private void queueParts(JobEntity job, LeasedUnit split, List<String> parts) {
    long fairnessTag = parts.isEmpty() ? 0 : tags.now();
    for (int part = 0; part < parts.size(); part++) {
      entities.persist(
          new WorkUnitEntity(
              job,
              Stage.PROCESS,
              job.throttle().begin(),
              split.inputNo(),
              part,
              parts.get(part),
              fairnessTag + part));
    }
    job.throttle().hold(parts.size());
    queued += job.throttle().begin() == UnitState.QUEUED ? parts.size() : 0;
  }
}
