package org.cloudcrowd.store.jpa.lifecycle;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.cloudcrowd.store.EachAlone;
import org.cloudcrowd.store.StoreException;
import org.cloudcrowd.store.job.Job;
import org.cloudcrowd.store.jpa.database.Engine;
import org.cloudcrowd.store.jpa.database.IdBatches;
import org.cloudcrowd.store.jpa.database.Transactions;
import org.cloudcrowd.store.jpa.entity.JobEntity;
import org.cloudcrowd.store.jpa.entity.WorkUnitEntity;
import org.cloudcrowd.store.jpa.events.Effects;
import org.cloudcrowd.store.jpa.events.PublishingTransactions;
import org.cloudcrowd.store.state.JobState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins jobs that waited for a time or for others, each in a transaction of its own, so that a
 * crash in between leaves whole jobs.
 */
public final class WaitingJobs {
  private static final Logger log = LoggerFactory.getLogger(WaitingJobs.class);

  private final Transactions transactions;
  private final Engine engine;
  private final PublishingTransactions publishing;
  private final Clock clock;

  public WaitingJobs(
      Transactions transactions, PublishingTransactions publishing, Engine engine, Clock clock) {
    this.transactions = transactions;
    this.publishing = publishing;
    this.engine = engine;
    this.clock = clock;
  }

  /**
   * Begins all that may, and ends those that never will.
   *
   * @return how many
   */
  public int begin() {
    return begin(transactions.read("find the jobs that may begin", this::mayBegin));
  }

  /** Begins one job, if it may and can just now. */
  public void tryToBegin(long jobId) {
    tryToBegin(() -> List.of(jobId));
  }

  /** Begins the jobs that waited for others, if they may and can just now. */
  public void tryToBeginAfter(Collection<Long> finished) {
    tryToBegin(() -> successors(finished));
  }

  public List<String> awaitedActions() {
    return transactions.read(
        "find the actions that jobs await",
        entities ->
            entities.createNamedQuery(JobEntity.AWAITED_ACTIONS, String.class).getResultList());
  }

  public List<Job> awaiting(String action) {
    return transactions.read(
        "find the jobs that await an action",
        entities ->
            entities
                .createNamedQuery(JobEntity.AWAITING_ACTION, JobEntity.class)
                .setParameter("action", action)
                .getResultStream()
                .map(JobEntity::toJob)
                .toList());
  }

  public boolean giveAction(long jobId, boolean splits, boolean merges) {
    return publishing.run(
        "give job " + jobId + " its action",
        (entities, effects) -> {
          var job = awaitingAction(entities, jobId);
          if (job != null) {
            job.giveAction(splits, merges, clock.instant());
            if (splits) {
              var unused =
                  entities
                      .createNamedQuery(WorkUnitEntity.SPLIT_OF_JOB)
                      .setParameter("jobId", jobId)
                      .executeUpdate();
            }
            effects.jobChanged(jobId);
            var outcome = new BeginJob(entities, effects, engine, clock.instant()).begin(job);
            log.debug("Job {} has its action: {}", jobId, outcome);
          }
          return job != null;
        });
  }

  public boolean refuseAction(long jobId, String message) {
    return publishing.run(
        "refuse the action of job " + jobId,
        (entities, effects) -> {
          var job = awaitingAction(entities, jobId);
          if (job != null) {
            new CancelJob(entities, effects, clock.instant()).cancel(job, message);
          }
          return job != null;
        });
  }

  /** A job whose row is locked then, or null if it does not wait for its action (any more). */
  private static JobEntity awaitingAction(EntityManager entities, long jobId) {
    var job = entities.find(JobEntity.class, jobId, LockModeType.PESSIMISTIC_WRITE);
    return job != null && job.isWaiting() && job.awaitsAction() ? job : null;
  }

  /** What was committed before is so, whatever becomes of this: the next sweep would do it too. */
  private void tryToBegin(Supplier<List<Long>> jobIds) {
    try {
      var unused = begin(jobIds.get());
    } catch (StoreException e) {
      log.debug("Jobs that may begin are left to the sweep", e);
    }
  }

  private List<Long> successors(Collection<Long> finished) {
    return transactions.read(
        "find the jobs that wait for others",
        entities ->
            IdBatches.of(finished).stream()
                .flatMap(
                    ids ->
                        entities
                            .createNamedQuery(JobEntity.SUCCESSORS, Long.class)
                            .setParameter("ids", ids)
                            .getResultStream())
                .distinct()
                .toList());
  }

  private List<Long> mayBegin(EntityManager entities) {
    var due =
        entities
            .createNamedQuery(JobEntity.DUE, Long.class)
            .setParameter("now", clock.instant())
            .getResultStream();
    var predecessors = new TreeMap<Long, List<JobState>>();
    entities
        .createNamedQuery(JobEntity.PREDECESSORS, Object[].class)
        .getResultStream()
        .forEach(
            row ->
                predecessors
                    .computeIfAbsent(((Number) row[0]).longValue(), id -> new ArrayList<>())
                    .add(row[1] == null ? null : JobState.valueOf((String) row[1])));
    predecessors.values().removeIf(states -> !isDecided(states));
    return Stream.concat(due, predecessors.keySet().stream()).toList();
  }

  /** Whether all have succeeded, or one will not. */
  private static boolean isDecided(List<JobState> predecessors) {
    return predecessors.stream().allMatch(state -> state == JobState.SUCCEEDED)
        || predecessors.stream()
            .anyMatch(
                state -> state == null || (state.isComplete() && state != JobState.SUCCEEDED));
  }

  private int begin(Collection<Long> jobIds) {
    var begun = new AtomicInteger();
    EachAlone.forEach(
        jobIds,
        id -> begun.addAndGet(begin(id) ? 1 : 0),
        (id, cause) -> log.error("Job {} cannot begin; the others are not held up", id, cause));
    return begun.get();
  }

  private boolean begin(long id) {
    return publishing.run("begin job " + id, (entities, effects) -> begin(entities, effects, id))
        != BeginJob.Outcome.WAITS;
  }

  private BeginJob.Outcome begin(EntityManager entities, Effects effects, long jobId) {
    var job = entities.find(JobEntity.class, jobId, LockModeType.PESSIMISTIC_WRITE);
    return job == null
        ? BeginJob.Outcome.WAITS
        : new BeginJob(entities, effects, engine, clock.instant()).begin(job);
  }
}
