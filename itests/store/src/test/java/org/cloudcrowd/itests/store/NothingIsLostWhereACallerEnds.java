package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.cloudcrowd.itests.agent.Commits;
import org.cloudcrowd.itests.agent.CrashPoint;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.store.ActionCatalog.KnownAction;
import org.cloudcrowd.store.CallbackQueue.Delivery;
import org.cloudcrowd.store.CallbackQueue.Next;
import org.cloudcrowd.store.CallbackQueue.Try;
import org.cloudcrowd.store.DeployedBundles;
import org.cloudcrowd.store.DeployedBundles.NewBundle;
import org.cloudcrowd.store.FileDeletionQueue.FileDeletion;
import org.cloudcrowd.store.NodeRegistry.Eligibility;
import org.cloudcrowd.store.NodeRegistry.KnownNode;
import org.cloudcrowd.store.ScheduleStore.Schedule;
import org.cloudcrowd.store.UnitLogs.UnitLog;
import org.cloudcrowd.store.WorkStore.Submission;
import org.cloudcrowd.store.job.CallbackAddress;
import org.cloudcrowd.store.job.CallbackFormat;
import org.cloudcrowd.store.job.IdempotencyKey;
import org.cloudcrowd.store.job.Job;
import org.cloudcrowd.store.job.JobRules;
import org.cloudcrowd.store.job.Prerequisites;
import org.cloudcrowd.store.jpa.service.Database;
import org.cloudcrowd.store.jpa.service.JpaDeployedBundles;
import org.cloudcrowd.store.state.CallbackState;
import org.cloudcrowd.store.state.IllegalStateChangeException;
import org.cloudcrowd.store.state.JobState;
import org.cloudcrowd.store.unit.ClaimedUnit;
import org.cloudcrowd.store.unit.UnitLimit;
import org.cloudcrowd.store.unit.UnitResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * P2: the caller of a transaction ends after a commit, so that its answer reaches nobody, and the
 * database is opened anew, as after the end of its process. Who asked asks again, the leases that a
 * node was never told of end, and everything ends as it must. Each kind of commit is tried where it
 * is made first and last; that the loops of a server find the work again is tested with servers.
 */
@OnEveryDatabase
class NothingIsLostWhereACallerEnds {
  private static final Version VERSION = new Version("1.2.0");
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);

  /** Longer than the grace period of any file. */
  private static final Duration GRACE = Duration.ofDays(7);

  private static final int MAX_NODE_LOSSES = 10;

  /** By the names of the databases. */
  private static final Map<String, Map<String, Integer>> PASSES = new HashMap<>();

  @Parameter TestDatabase database;
  private Database opened;
  private StoreFixture fixture;
  private final Map<String, Integer> passed = new TreeMap<>();
  private String armed;
  private int armedPass;

  /** The end of a process, of which nothing that runs in it is told. */
  private static final class CallerEnds extends Error {
    private static final long serialVersionUID = 1L;
  }

  @BeforeEach
  void open() throws Exception {
    opened = database.ofItsOwn();
    fixture = new StoreFixture(opened);
    passed.clear();
    var test = Thread.currentThread();
    Commits.subscribe(
        point -> {
          if (Thread.currentThread() == test) {
            reached(point);
          }
        });
  }

  @AfterEach
  void endWhatAFailureLeft() {
    Commits.unsubscribe();
    fixture.queries.openJobs(100).forEach(job -> fixture.store.cancel(job.id()));
    fixture.registry.remove(fixture.node);
  }

  private void reached(String point) {
    int pass = passed.merge(point, 1, Integer::sum);
    if (point.equals(armed) && pass == armedPass) {
      armed = null;
      throw new CallerEnds();
    }
  }

  /** How often each commit is made where no caller ends. */
  private Map<String, Integer> passes() throws Exception {
    var known = PASSES.get(database.toString());
    if (known == null) {
      everythingEndsAsItMust();
      known = Map.copyOf(passed);
      PASSES.put(database.toString(), known);
    }
    return known;
  }

  private static Stream<CrashPoint> commits() {
    return Arrays.stream(CrashPoint.values()).filter(CrashPoint::isAfterCommit);
  }

  /** Whether the database is used by one process alone: its leases are adopted at a start. */
  private boolean isAlone() {
    return database instanceof TestDerby;
  }

  private boolean isPassed(CrashPoint point) {
    return point != CrashPoint.COMMITTED_ADOPT_LEASES || isAlone();
  }

  @Test
  void everyCommitIsInTheListAndIsMade() throws Exception {
    everythingEndsAsItMust();

    assertThat(passed.keySet())
        .containsExactlyInAnyOrderElementsOf(
            commits().filter(this::isPassed).map(Enum::name).toList());
  }

  @ParameterizedTest
  @MethodSource("commits")
  void after(CrashPoint point) throws Exception {
    int last = passes().getOrDefault(point.name(), 1);
    for (int pass : new TreeSet<>(List.of(1, last))) {
      open();
      armed = point.name();
      armedPass = pass;

      everythingEndsAsItMust();

      assertThat(armed == null).as("a caller has ended").isEqualTo(isPassed(point));
    }
  }

  private void everythingEndsAsItMust() throws Exception {
    nodesAndActionsAreKept();
    bundlesAreKept();
    schedulesAreKept();
    jobsWithMergesAndCallbacksEndOnce();
    failedUnitsAreTriedAgain();
    throttledUnitsBecomeDue();
    jobsBeginAfterOthers();
    jobsAwaitTheirActions();
    leasesThatEndAreGivenAgain();
    jobsAreCancelledAndDeleted();
    versionsAreForgotten();
    nodesAreForgotten();
    assertThat(fixture.queries.openWork().units()).isZero();
  }

  /** Asks, and asks again where the first caller has ended. */
  private <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (CallerEnds e) {
      restart();
      return question.get();
    }
  }

  private void restart() {
    opened = database.reopened();
    fixture = fixture.on(opened);
  }

  private void told(Runnable change) {
    asked(
        () -> {
          change.run();
          return null;
        });
  }

  /** A change that was made before its answer was lost is refused when it is asked for again. */
  private void toldOnce(Runnable change) {
    try {
      change.run();
    } catch (CallerEnds e) {
      restart();
      assertThatThrownBy(change::run).isInstanceOf(IllegalStateChangeException.class);
    }
  }

  private Job submitted(boolean merges, String... inputs) {
    var key = new IdempotencyKey(UUID.randomUUID().toString(), "digest");
    var job = asked(() -> fixture.submit(false, merges, key, inputs)).job();
    assertThat(asked(() -> fixture.submit(false, merges, key, inputs)).outcome())
        .isEqualTo(Submission.Outcome.REPEATED);
    return job;
  }

  /** A node that was not told of its units has no lease to renew, so that they are leased anew. */
  private List<ClaimedUnit> claimed(int units) {
    List<ClaimedUnit> claimed;
    try {
      claimed = fixture.claim(fixture.node, units);
    } catch (CallerEnds e) {
      restart();
      expire();
      claimed = fixture.claim(fixture.node, units);
    }
    assertThat(claimed).hasSize(units);
    return claimed;
  }

  private void expire() {
    fixture.now = fixture.now.plus(StoreFixture.LEASE).plus(SECOND);
    asked(() -> fixture.store.expire(MAX_NODE_LOSSES));
  }

  private void succeed(List<ClaimedUnit> units) {
    asked(() -> fixture.succeedAll(units));
  }

  private void hasSucceeded(Job job, String... outputs) {
    assertThat(fixture.queries.job(job.id()).progress().state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(fixture.outputs(job)).containsExactly(outputs);
  }

  private KnownNode heard() {
    return asked(() -> fixture.registry.heard(fixture.node, "run", "{}"));
  }

  private void nodesAndActionsAreKept() {
    heard();
    var action = new KnownAction(fixture.action, VERSION, false, true, null);
    told(() -> fixture.catalog.record(List.of(action)));
    assertThat(fixture.catalog.versions(fixture.action)).containsExactly(action);

    asked(() -> fixture.registry.changeEligibility(fixture.node, new Eligibility("drained", null)));
    asked(() -> fixture.registry.changeMaxWorkers(fixture.node, 3));
    var node = heard();
    assertThat(node.eligibility().reason()).isEqualTo("drained");
    assertThat(node.maxWorkers()).isEqualTo(3);
    asked(() -> fixture.registry.changeEligibility(fixture.node, Eligibility.ELIGIBLE));
    assertThat(heard().eligibility()).isEqualTo(Eligibility.ELIGIBLE);

    asked(() -> fixture.blacklist.add(fixture.action, null));
    assertThat(fixture.blacklist.entries()).hasSize(1);
    asked(() -> fixture.blacklist.remove(fixture.action));
    assertThat(fixture.blacklist.entries()).isEmpty();
  }

  private DeployedBundles bundles() {
    return new JpaDeployedBundles(opened);
  }

  private void bundlesAreKept() {
    var content = "bytes".getBytes(StandardCharsets.UTF_8);
    var sha256 = (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
    var bundle =
        new NewBundle(
            sha256, fixture.action, VERSION, false, List.of(fixture.action), content.length);
    asked(
        () -> {
          try {
            return bundles().deploy(bundle, () -> new ByteArrayInputStream(content));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    assertThat(bundles().all()).extracting(deployed -> deployed.bundle()).containsExactly(bundle);
    asked(() -> bundles().undeploy(sha256));
    assertThat(bundles().all()).isEmpty();
  }

  private void schedulesAreKept() {
    var name = fixture.action;
    var nextAt = fixture.now;
    var schedule =
        new Schedule(name, "@hourly", "UTC", "{}", fixture.now, nextAt, null, null, null);
    asked(() -> fixture.schedules.add(schedule));
    asked(() -> fixture.schedules.change(name, null));
    assertThat(fixture.schedules.due(1)).isEmpty();
    asked(() -> fixture.schedules.change(name, nextAt));
    var due = fixture.schedules.due(1).get(0);
    told(() -> fixture.schedules.ran(due, nextAt.plus(HOUR), 7L, null));
    assertThat(fixture.schedules.find(name).lastJobId()).isEqualTo(7L);
    assertThat(fixture.schedules.find(name).nextAt()).isEqualTo(nextAt.plus(HOUR));
    asked(() -> fixture.schedules.remove(name));
    assertThat(fixture.schedules.all()).isEmpty();
  }

  private void jobsWithMergesAndCallbacksEndOnce() {
    fixture.callback = new CallbackAddress("http://receiver.example/", CallbackFormat.JSON);
    var job = submitted(true, "1", "2", "3");
    fixture.callback = null;
    var units = claimed(3);
    assertThat(asked(() -> fixture.store.renew(fixture.node, leases(units), StoreFixture.LEASE)))
        .isEmpty();
    var lease = units.get(0).lease();
    told(
        () -> fixture.logs.keep(List.of(new UnitLog(lease.unitId(), lease.attempt(), 4, "one\n"))));
    assertThat(fixture.logs.find(lease.unitId(), null).text()).isEqualTo("one\n");
    succeed(units);
    succeed(claimed(1));
    hasSucceeded(job, "[1,2,3]");

    var delivery = delivery(job);
    assertThat(asked(() -> record(delivery))).isEqualTo(CallbackState.DELIVERED);
    asked(() -> fixture.callbacks.sendAgain(job.id()));
    var again = delivery(job);
    asked(() -> fixture.callbacks.cleanUp(again, Duration.ZERO));
    assertThat(fixture.queries.job(job.id())).isNull();
    assertThat(dueDeletions()).isNotEmpty();
    deleteFiles();
  }

  /** One that was taken by who has ended is taken again at the end of the term. */
  private Delivery delivery(Job job) {
    List<Delivery> taken;
    try {
      taken = fixture.callbacks.take(1, StoreFixture.LEASE);
    } catch (CallerEnds e) {
      restart();
      assertThat(fixture.callbacks.take(1, StoreFixture.LEASE)).isEmpty();
      fixture.now = fixture.now.plus(StoreFixture.LEASE).plus(SECOND);
      taken = fixture.callbacks.take(1, StoreFixture.LEASE);
    }
    assertThat(taken).extracting(Delivery::jobId).containsExactly(job.id());
    return taken.get(0);
  }

  private CallbackState record(Delivery delivery) {
    var tried = new Try(fixture.now, SECOND, 200, null);
    fixture.callbacks.record(delivery, tried, new Next.Delivered());
    return fixture.callbacks.find(delivery.jobId()).state();
  }

  /** Files are deleted at once, and again when no worker can write them any more. */
  private void deleteFiles() {
    dueDeletions().forEach(deletion -> told(() -> fixture.deletions.done(deletion)));
    fixture.now = fixture.now.plus(GRACE);
    dueDeletions().forEach(deletion -> told(() -> fixture.deletions.done(deletion)));
    assertThat(dueDeletions()).isEmpty();
  }

  /** Those of this test; others of earlier ones become due as its clock goes on. */
  private List<FileDeletion> dueDeletions() {
    return fixture.deletions.due(Integer.MAX_VALUE).stream()
        .filter(deletion -> deletion.action().equals(fixture.action))
        .toList();
  }

  private void failedUnitsAreTriedAgain() {
    var before = fixture.rules;
    fixture.rules = new JobRules(0, 2, SECOND, SECOND, null, UnitLimit.NONE);
    var job = submitted(false, "1");
    fixture.rules = before;
    fail(claimed(1).get(0));
    assertThat(fixture.claim(fixture.node, 1)).isEmpty();
    fixture.now = fixture.now.plus(HOUR);
    asked(() -> fixture.store.queueDue());
    fail(claimed(1).get(0));
    assertThat(fixture.queries.job(job.id()).progress().state()).isEqualTo(JobState.FAILED);

    toldOnce(() -> fixture.store.retry(job.id()));
    succeed(claimed(1));
    hasSucceeded(job, "1");
  }

  private void fail(ClaimedUnit unit) {
    asked(() -> fixture.fail(unit, "no"));
  }

  private void throttledUnitsBecomeDue() {
    var before = fixture.rules;
    fixture.rules = new JobRules(0, 3, Duration.ZERO, Duration.ZERO, null, new UnitLimit(10, 1));
    var job = submitted(false, "1", "2");
    fixture.rules = before;
    succeed(claimed(1));
    assertThat(fixture.claim(fixture.node, 1)).isEmpty();
    fixture.now = fixture.now.plus(HOUR);
    asked(() -> fixture.store.queueDue());
    succeed(claimed(1));
    hasSucceeded(job, "1", "2");
  }

  private void jobsBeginAfterOthers() {
    var first = submitted(false, "1");
    fixture.prerequisites = new Prerequisites(null, List.of(first.id()));
    var second = submitted(false, "2");
    fixture.prerequisites = Prerequisites.NONE;
    succeed(claimed(1));
    asked(() -> fixture.store.beginWaiting());
    hasSucceeded(first, "1");
    succeed(claimed(1));
    hasSucceeded(second, "2");
  }

  private void jobsAwaitTheirActions() {
    fixture.prerequisites = Prerequisites.NONE.andAction();
    var fit = submitted(false, "1");
    var unfit = submitted(false, "1");
    fixture.prerequisites = Prerequisites.NONE;
    assertThat(fixture.store.awaitedActions()).containsExactly(fixture.action);
    asked(() -> fixture.store.giveAction(fit.id(), false, false));
    asked(() -> fixture.store.refuseAction(unfit.id(), "its options do not fit its action"));
    asked(() -> fixture.store.beginWaiting());
    succeed(claimed(1));
    hasSucceeded(fit, "1");
    var refused = fixture.queries.job(unfit.id());
    assertThat(refused.progress().state()).isEqualTo(JobState.CANCELLED);
    assertThat(fixture.store.awaitedActions()).isEmpty();
  }

  private void leasesThatEndAreGivenAgain() {
    var job = submitted(false, "1", "2");
    var full = claimed(2);
    asked(() -> fixture.store.release(leases(full)));
    claimed(2);
    expire();
    claimed(2);
    var later = fixture.now.plus(SECOND);
    asked(
        () -> fixture.store.releaseLost(fixture.node, List.of(), Set.of(), later, MAX_NODE_LOSSES));
    claimed(2);
    asked(() -> fixture.store.handBack(fixture.node));
    var overdue = claimed(2);
    asked(() -> fixture.store.takeBack(leases(overdue), "it took too long"));
    claimed(2);
    fixture.now = fixture.now.plus(StoreFixture.LEASE).minus(SECOND);
    told(() -> fixture.store.adopt(StoreFixture.LEASE));
    fixture.now = fixture.now.plus(SECOND).plus(SECOND);
    asked(() -> fixture.store.expire(MAX_NODE_LOSSES));
    // What was adopted has another term.
    assertThat(fixture.queries.leasesOf(fixture.node)).hasSize(isAlone() ? 2 : 0);
    var late = asked(() -> leaseAgain(overdue.get(0)));
    succeed(late);
    expire();
    succeed(claimed(1));
    hasSucceeded(job, "1", "2");
  }

  private Lease leaseAgain(ClaimedUnit unit) {
    var current =
        fixture.store.leaseAgain(
            unit.lease().unitId(), UUID.randomUUID().toString(), StoreFixture.LEASE);
    assertThat(current).isNotNull();
    return current.lease();
  }

  private void succeed(Lease lease) {
    asked(
        () ->
            fixture.store.complete(
                List.of(new UnitResult.Succeeded(lease, StoreFixture.WORKER, "1"))));
  }

  private void jobsAreCancelledAndDeleted() {
    var job = submitted(false, "1", "2");
    claimed(1);
    toldOnce(() -> fixture.store.cancel(job.id()));
    assertThat(fixture.queries.job(job.id()).progress().state()).isEqualTo(JobState.CANCELLED);
    asked(() -> fixture.store.delete(job.id(), Duration.ZERO));
    assertThat(fixture.queries.job(job.id())).isNull();
    assertThat(dueDeletions()).isNotEmpty();
    deleteFiles();
  }

  private void versionsAreForgotten() {
    fixture.versionRange = new VersionRange("[1,2)");
    var job = submitted(false, "1");
    fixture.versionRange = null;
    succeed(claimed(1));
    hasSucceeded(job, "1");
    asked(() -> fixture.store.forgetVersionRanges());

    var two = new KnownAction(fixture.action, new Version("2.0.0"), false, true, null);
    told(() -> fixture.catalog.record(List.of(two)));
    fixture.now = fixture.now.plus(HOUR);
    var advertised = Map.of(fixture.action, Set.of(two.version()));
    asked(() -> fixture.catalog.keep(advertised, fixture.now));
    assertThat(fixture.catalog.versions(fixture.action)).containsExactly(two);
  }

  private void nodesAreForgotten() {
    asked(() -> fixture.registry.remove(fixture.node));
    assertThat(fixture.registry.heardSince(fixture.now.minus(HOUR))).isEmpty();
    heard();
    fixture.now = fixture.now.plus(HOUR);
    told(() -> fixture.registry.forget(fixture.now));
    assertThat(fixture.registry.heardSince(fixture.now.minus(HOUR).minus(HOUR))).isEmpty();
  }

  private static List<Lease> leases(List<ClaimedUnit> units) {
    return units.stream().map(ClaimedUnit::lease).toList();
  }
}
