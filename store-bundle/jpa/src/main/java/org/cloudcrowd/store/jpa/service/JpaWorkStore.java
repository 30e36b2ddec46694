package org.cloudcrowd.store.jpa.service;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.store.Effect;
import org.cloudcrowd.store.UnitLogs;
import org.cloudcrowd.store.UnitLogs.UnitLog;
import org.cloudcrowd.store.WorkQueries.CurrentLease;
import org.cloudcrowd.store.WorkStore;
import org.cloudcrowd.store.job.Job;
import org.cloudcrowd.store.job.NewJob;
import org.cloudcrowd.store.jpa.database.Engine;
import org.cloudcrowd.store.jpa.database.Transactions;
import org.cloudcrowd.store.jpa.entity.AttemptLogEntity;
import org.cloudcrowd.store.jpa.entity.JobEntity;
import org.cloudcrowd.store.jpa.entity.LeasedUnit;
import org.cloudcrowd.store.jpa.entity.WorkUnitEntity;
import org.cloudcrowd.store.jpa.events.Effects;
import org.cloudcrowd.store.jpa.events.PublishingTransactions;
import org.cloudcrowd.store.jpa.lifecycle.CancelJob;
import org.cloudcrowd.store.jpa.lifecycle.CompleteBatches;
import org.cloudcrowd.store.jpa.lifecycle.CompleteUnits;
import org.cloudcrowd.store.jpa.lifecycle.DeleteJob;
import org.cloudcrowd.store.jpa.lifecycle.LeaseAgain;
import org.cloudcrowd.store.jpa.lifecycle.RetryJob;
import org.cloudcrowd.store.jpa.lifecycle.SplitBatch;
import org.cloudcrowd.store.jpa.lifecycle.SubmitJob;
import org.cloudcrowd.store.jpa.lifecycle.WaitingJobs;
import org.cloudcrowd.store.jpa.queue.ClaimUnits;
import org.cloudcrowd.store.jpa.queue.DueUnits;
import org.cloudcrowd.store.jpa.queue.FairnessTags;
import org.cloudcrowd.store.jpa.queue.LeasedUnits;
import org.cloudcrowd.store.jpa.queue.UnusedVersionRanges;
import org.cloudcrowd.store.state.AttemptOutcome;
import org.cloudcrowd.store.state.UnitState;
import org.cloudcrowd.store.unit.Claim;
import org.cloudcrowd.store.unit.ClaimedUnit;
import org.cloudcrowd.store.unit.CompletedBatch;
import org.cloudcrowd.store.unit.Runner;
import org.cloudcrowd.store.unit.UnitResult;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs each operation as one transaction. */
@Component
public final class JpaWorkStore implements WorkStore {
  private static final Logger log = LoggerFactory.getLogger(JpaWorkStore.class);

  /** The maximum of node losses where no node is lost. */
  private static final int MANY = Integer.MAX_VALUE;

  /** How many leases or units one transaction of the sweep ends or queues. */
  private static final int SWEEP_BATCH = 500;

  private final Database database;
  private final Transactions transactions;
  private final Engine engine;
  private final PublishingTransactions publishing;
  private final UnitLogs logs;
  private final WaitingJobs waiting;
  private final DueUnits due;
  private final UnusedVersionRanges versionRanges;
  private final Clock clock;
  private final RandomGenerator random;

  @Activate
  public JpaWorkStore(@Reference Database database) {
    this(database, database.clock(), RandomGenerator.getDefault());
  }

  /** As {@link #JpaWorkStore(Database)}, by a given clock and with given jitter. */
  public JpaWorkStore(Database database, Clock clock, RandomGenerator random) {
    this.database = database;
    this.transactions = database.transactions();
    this.engine = database.engine();
    this.publishing = database.publishing();
    this.logs = new JpaUnitLogs(database);
    this.waiting = new WaitingJobs(transactions, publishing, engine, clock);
    this.due = new DueUnits(transactions, publishing, clock, SWEEP_BATCH);
    this.versionRanges = new UnusedVersionRanges(transactions);
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public Runnable onQueued(Runnable listener) {
    return engine.signals().onQueued(listener);
  }

  @Override
  public Runnable onEffects(Consumer<List<Effect>> subscriber) {
    return publishing.onEffects(subscriber);
  }

  @Override
  public Submission submit(NewJob newJob) {
    database.requireRoom();
    var submission =
        publishing.run(
            "store the job",
            (entities, effects) ->
                new SubmitJob(entities, effects, engine).submit(newJob, clock.instant()));
    if (submission.outcome() == Submission.Outcome.STORED && !newJob.prerequisites().isEmpty()) {
      // Its prerequisites may have been met before it was stored.
      waiting.tryToBegin(submission.job().id());
    }
    return submission;
  }

  @Override
  public Job delete(long jobId, Duration gracePeriod) {
    return publishing.run(
        "delete job " + jobId,
        (entities, effects) -> {
          var job = entities.find(JobEntity.class, jobId, LockModeType.PESSIMISTIC_WRITE);
          if (job == null) {
            return null;
          }
          return new DeleteJob(entities, effects).delete(job, gracePeriod, clock.instant());
        });
  }

  @Override
  public Job cancel(long jobId) {
    return publishing.run(
        "cancel job " + jobId,
        (entities, effects) -> {
          var job = entities.find(JobEntity.class, jobId, LockModeType.PESSIMISTIC_WRITE);
          if (job == null) {
            return null;
          }
          new CancelJob(entities, effects, clock.instant()).cancel(job, null);
          return job.toJob();
        });
  }

  @Override
  public Job retry(long jobId) {
    return publishing.run(
        "retry job " + jobId,
        (entities, effects) ->
            new RetryJob(entities, effects, engine).retry(jobId, clock.instant()));
  }

  @Override
  public Collection<ClaimedUnit> claim(Claim claim) {
    return publishing.run(
        "claim work units",
        (entities, effects) -> {
          var units = new ClaimUnits(entities, engine.claims()).claim(claim, clock.instant());
          units.forEach(
              unit ->
                  effects.unitChanged(
                      unit.jobId(), unit.lease().unitId(), UnitState.RUNNING, claim.node()));
          return units;
        });
  }

  @Override
  public Set<Lease> renew(String node, Collection<Lease> leases, Duration term) {
    if (leases.isEmpty()) {
      return Set.of();
    }
    return transactions.run(
        "renew leases",
        entities -> {
          var leased = new LeasedUnits(entities);
          var current = leased.current(leases);
          current.values().removeIf(unit -> !node.equals(unit.node()));
          leased.renew(
              node,
              current.keySet().stream().map(Lease::unitId).toList(),
              clock.instant().plus(term));
          var revoked = new LinkedHashSet<>(leases);
          revoked.removeAll(current.keySet());
          return revoked;
        });
  }

  @Override
  public CompletedBatch complete(Collection<UnitResult> results, Collection<UnitLog> logs) {
    var completion =
        new CompleteBatches((some, printed) -> complete("accept results", some, printed, MANY))
            .complete(results, logs);
    storeOtherLogs(results, completion.rejected(), logs);
    if (!completion.finishedJobs().isEmpty()) {
      waiting.tryToBeginAfter(completion.finishedJobs());
    }
    return completion;
  }

  private CompletedBatch complete(
      String transaction,
      Collection<UnitResult> results,
      Collection<UnitLog> printed,
      int maxNodeLosses) {
    return publishing.run(
        transaction,
        (entities, effects) ->
            completing(entities, effects, maxNodeLosses).complete(results, printed));
  }

  private CompleteUnits completing(EntityManager entities, Effects effects, int maxNodeLosses) {
    return new CompleteUnits(
        entities,
        effects,
        new FairnessTags(entities, engine),
        random,
        clock.instant(),
        maxNodeLosses);
  }

  @Override
  public int beginWaiting() {
    return waiting.begin();
  }

  @Override
  public List<String> awaitedActions() {
    return waiting.awaitedActions();
  }

  @Override
  public List<Job> awaiting(String action) {
    return waiting.awaiting(action);
  }

  @Override
  public boolean giveAction(long jobId, boolean splits, boolean merges) {
    return waiting.giveAction(jobId, splits, merges);
  }

  @Override
  public boolean refuseAction(long jobId, String message) {
    return waiting.refuseAction(jobId, message);
  }

  /** Stores what the attempts of rejected results printed. */
  private void storeOtherLogs(
      Collection<UnitResult> results, Collection<Lease> rejected, Collection<UnitLog> logs) {
    var stored = new HashSet<AttemptLogEntity.Key>();
    results.stream()
        .map(UnitResult::lease)
        .filter(lease -> !rejected.contains(lease))
        .forEach(lease -> stored.add(new AttemptLogEntity.Key(lease.unitId(), lease.attempt())));
    this.logs.keep(
        logs.stream()
            .filter(log -> !stored.contains(new AttemptLogEntity.Key(log.unitId(), log.attempt())))
            .toList());
  }

  @Override
  public int release(Collection<Lease> leases) {
    if (leases.isEmpty()) {
      return 0;
    }
    return publishing
        .run(
            "release leases",
            (entities, effects) -> {
              var leased = new LeasedUnits(entities);
              var released =
                  leased.current(leases).values().stream()
                      .filter(unit -> leased.release(unit.lease()))
                      .toList();
              released.forEach(
                  unit -> effects.unitChanged(unit.jobId(), unit.id(), UnitState.QUEUED, null));
              effects.unitsQueued(released.size());
              return released;
            })
        .size();
  }

  @Override
  public int releaseLost(
      String node,
      Collection<Lease> held,
      Set<Long> arriving,
      Instant claimedBefore,
      int maxNodeLosses) {
    var known = new HashSet<>(held);
    return end(
        "end the leases that a node no longer has",
        heldBy(node, claimedBefore).stream()
            .filter(unit -> !known.contains(unit.lease()))
            .filter(unit -> !arriving.contains(unit.id()))
            .toList(),
        maxNodeLosses,
        AttemptOutcome.NODE_LOST,
        "node " + node + " no longer has the work unit; it was restarted, or has dropped it");
  }

  @Override
  public int handBack(String node) {
    return end(
        "end the leases of a node that leaves",
        heldBy(node, clock.instant().plusMillis(1)),
        MANY,
        AttemptOutcome.HANDED_BACK,
        "node " + node + " was stopped");
  }

  private List<LeasedUnit> heldBy(String node, Instant claimedBefore) {
    return transactions.read(
        "find the leases of a node",
        entities -> new LeasedUnits(entities).heldBy(node, claimedBefore));
  }

  @Override
  public int takeBack(Collection<Lease> leases, String message) {
    var units =
        transactions.read(
            "find leases",
            entities -> List.copyOf(new LeasedUnits(entities).current(leases).values()));
    return end("take work units back", units, MANY, AttemptOutcome.HANDED_BACK, message);
  }

  @Override
  public CurrentLease leaseAgain(long unitId, String token, Duration term) {
    return publishing.run(
        "lease a work unit again",
        (entities, effects) ->
            new LeaseAgain(entities, completing(entities, effects, MANY))
                .lease(unitId, token, clock.instant(), term));
  }

  @Override
  public int expire(int maxNodeLosses) {
    int all = 0;
    long after = 0;
    for (var page = expired(after); !page.isEmpty(); page = expired(after)) {
      all +=
          end(
              "expire leases",
              page,
              maxNodeLosses,
              AttemptOutcome.NODE_LOST,
              "the node fell silent, and its lease ended");
      if (page.size() < SWEEP_BATCH) {
        break;
      }
      after = page.get(page.size() - 1).id();
    }
    return all;
  }

  private List<LeasedUnit> expired(long after) {
    return transactions.read(
        "find leases that have ended",
        entities -> new LeasedUnits(entities).expired(clock.instant(), after, SWEEP_BATCH));
  }

  /** Ends the leases that are still current. One that cannot be ended stays, and the others end. */
  private int end(
      String transaction,
      List<LeasedUnit> units,
      int maxNodeLosses,
      AttemptOutcome outcome,
      String message) {
    var ended = new AtomicInteger();
    SplitBatch.store(
        units.stream()
            .<UnitResult>map(
                unit -> new UnitResult.Unsuccessful(unit.lease(), Runner.UNKNOWN, outcome, message))
            .toList(),
        some ->
            ended.addAndGet(
                some.size()
                    - complete(transaction, some, List.of(), maxNodeLosses).rejected().size()),
        (result, cause) -> log.error("{} cannot be ended", result.lease(), cause));
    return ended.get();
  }

  @Override
  public int queueDue() {
    return due.queue();
  }

  @Override
  public int forgetVersionRanges() {
    return versionRanges.forget();
  }

  @Override
  public void adopt(Duration term) {
    if (engine.isShared()) {
      return;
    }
    var now = clock.instant();
    transactions.run(
        "adopt leases",
        entities ->
            entities
                .createNamedQuery(WorkUnitEntity.ADOPT)
                .setParameter("deadline", now.plus(term))
                .setParameter("now", now)
                .executeUpdate());
  }
}
