package org.cloudcrowd.itests.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.store.ActionCatalog;
import org.cloudcrowd.store.Blacklist;
import org.cloudcrowd.store.CallbackQueue;
import org.cloudcrowd.store.ChartQueries;
import org.cloudcrowd.store.FileDeletionQueue;
import org.cloudcrowd.store.NodeRegistry;
import org.cloudcrowd.store.ScheduleStore;
import org.cloudcrowd.store.UnitLogs;
import org.cloudcrowd.store.WorkQueries;
import org.cloudcrowd.store.WorkStore;
import org.cloudcrowd.store.WorkStore.Submission;
import org.cloudcrowd.store.job.CallbackAddress;
import org.cloudcrowd.store.job.IdempotencyKey;
import org.cloudcrowd.store.job.Job;
import org.cloudcrowd.store.job.JobRules;
import org.cloudcrowd.store.job.NewJob;
import org.cloudcrowd.store.job.Prerequisites;
import org.cloudcrowd.store.jpa.service.Database;
import org.cloudcrowd.store.jpa.service.JpaActionCatalog;
import org.cloudcrowd.store.jpa.service.JpaBlacklist;
import org.cloudcrowd.store.jpa.service.JpaCallbackQueue;
import org.cloudcrowd.store.jpa.service.JpaChartQueries;
import org.cloudcrowd.store.jpa.service.JpaFileDeletionQueue;
import org.cloudcrowd.store.jpa.service.JpaNodeRegistry;
import org.cloudcrowd.store.jpa.service.JpaScheduleStore;
import org.cloudcrowd.store.jpa.service.JpaUnitLogs;
import org.cloudcrowd.store.jpa.service.JpaWorkQueries;
import org.cloudcrowd.store.jpa.service.JpaWorkStore;
import org.cloudcrowd.store.state.AttemptOutcome;
import org.cloudcrowd.store.unit.Claim;
import org.cloudcrowd.store.unit.Claim.Retries;
import org.cloudcrowd.store.unit.ClaimedUnit;
import org.cloudcrowd.store.unit.CompletedBatch;
import org.cloudcrowd.store.unit.Runner;
import org.cloudcrowd.store.unit.UnitLimit;
import org.cloudcrowd.store.unit.UnitResult;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** A store whose clock stands still, with an action and a node that no other test uses. */
final class StoreFixture {
  static final Duration LEASE = Duration.ofSeconds(15);
  static final Runner WORKER = new Runner(4711, "1.2.0");

  final WorkStore store;
  final WorkQueries queries;
  final FileDeletionQueue deletions;
  final NodeRegistry registry;
  final Blacklist blacklist;
  final CallbackQueue callbacks;
  final ActionCatalog catalog;
  final UnitLogs logs;
  final ScheduleStore schedules;
  final ChartQueries charts;
  final String action;
  final String node;
  Map<String, UnitLimit> limits = Map.of();
  Retries retries = Retries.HERE;
  Instant now = Instant.parse("2026-11-24T12:00:00Z");
  CallbackAddress callback;
  Prerequisites prerequisites = Prerequisites.NONE;
  Map<String, String> labels = Map.of();
  VersionRange versionRange;
  Set<Version> versions = Set.of(new Version("1.2.0"));
  JobRules rules = new JobRules(0, 3, Duration.ZERO, Duration.ZERO, null, UnitLimit.NONE);

  StoreFixture(Database database) {
    this(database, "action-" + UUID.randomUUID(), "node-" + UUID.randomUUID());
  }

  private StoreFixture(Database database, String action, String node) {
    this.action = action;
    this.node = node;
    store = new JpaWorkStore(database, new FixtureClock(), new Random(1));
    deletions = new JpaFileDeletionQueue(database, new FixtureClock());
    registry = new JpaNodeRegistry(database, new FixtureClock());
    blacklist = new JpaBlacklist(database, new FixtureClock());
    callbacks = new JpaCallbackQueue(database, new FixtureClock());
    catalog = new JpaActionCatalog(database, new FixtureClock());
    logs = new JpaUnitLogs(database);
    schedules = new JpaScheduleStore(database, new FixtureClock());
    queries = new JpaWorkQueries(database);
    charts = new JpaChartQueries(database);
  }

  /** The same on a database that was opened anew. */
  StoreFixture on(Database reopened) {
    var same = new StoreFixture(reopened, action, node);
    same.limits = limits;
    same.retries = retries;
    same.now = now;
    same.callback = callback;
    same.prerequisites = prerequisites;
    same.labels = labels;
    same.versionRange = versionRange;
    same.versions = versions;
    same.rules = rules;
    return same;
  }

  Job submit(String... inputs) {
    return submit(false, false, inputs);
  }

  Job submit(boolean splits, boolean merges, String... inputs) {
    return submit(splits, merges, null, inputs).job();
  }

  Job submit(Prerequisites prerequisites, String... inputs) {
    this.prerequisites = prerequisites;
    var job = submit(inputs);
    this.prerequisites = Prerequisites.NONE;
    return job;
  }

  Submission submit(boolean splits, boolean merges, IdempotencyKey key, String... inputs) {
    return store.submit(
        new NewJob(
            action,
            versionRange,
            splits,
            merges,
            List.of(inputs),
            "{\"a\":1}",
            null,
            callback,
            prerequisites,
            labels,
            "errand",
            rules,
            key));
  }

  List<ClaimedUnit> claim(String node, int limit) {
    return claim(node, true, limit);
  }

  List<ClaimedUnit> claimWithoutIsolated(String node) {
    return claim(node, false, 10);
  }

  private List<ClaimedUnit> claim(String node, boolean isolated, int limit) {
    var token = UUID.randomUUID().toString();
    return List.copyOf(
        store.claim(
            new Claim(
                node, Map.of(action, versions), limits, retries, isolated, limit, token, LEASE)));
  }

  ClaimedUnit claimOne() {
    return claim(node, 1).get(0);
  }

  CompletedBatch succeed(ClaimedUnit unit, String output) {
    return store.complete(List.of(new UnitResult.Succeeded(unit.lease(), WORKER, output)));
  }

  CompletedBatch succeedAll(Collection<ClaimedUnit> units) {
    return store.complete(
        units.stream()
            .<UnitResult>map(unit -> new UnitResult.Succeeded(unit.lease(), WORKER, unit.input()))
            .toList());
  }

  CompletedBatch fail(ClaimedUnit unit, String message) {
    return end(unit, AttemptOutcome.FAILED, message);
  }

  CompletedBatch end(ClaimedUnit unit, AttemptOutcome outcome, String message) {
    return store.complete(
        List.of(new UnitResult.Unsuccessful(unit.lease(), WORKER, outcome, message)));
  }

  CompletedBatch split(ClaimedUnit unit, String... parts) {
    return store.complete(List.of(new UnitResult.Split(unit.lease(), WORKER, List.of(parts))));
  }

  Collection<Lease> leases(Collection<ClaimedUnit> units) {
    return units.stream().map(ClaimedUnit::lease).toList();
  }

  List<String> outputs(Job job) {
    return ends(job).stream().map(WorkQueries.UnitEnd::output).toList();
  }

  /** How the units of a complete job ended; none where it is not complete. */
  List<WorkQueries.UnitEnd> ends(Job job) {
    var ends = queries.details(job.id(), 0).outputs();
    return ends == null ? List.of() : ends;
  }

  private final class FixtureClock extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
