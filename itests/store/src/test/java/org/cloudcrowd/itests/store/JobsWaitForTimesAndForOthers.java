package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.store.WorkQueries.JobFilter;
import org.cloudcrowd.store.job.CallbackAddress;
import org.cloudcrowd.store.job.CallbackFormat;
import org.cloudcrowd.store.job.Job;
import org.cloudcrowd.store.job.JobRules;
import org.cloudcrowd.store.job.Prerequisites;
import org.cloudcrowd.store.state.CallbackState;
import org.cloudcrowd.store.state.JobState;
import org.cloudcrowd.store.unit.ClaimedUnit;
import org.cloudcrowd.store.unit.UnitLimit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OnEveryDatabase
class JobsWaitForTimesAndForOthers {
  private static final Duration HOUR = Duration.ofHours(1);

  @Parameter TestDatabase database;
  private StoreFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new StoreFixture(database.shared());
  }

  private static Prerequisites after(Job... jobs) {
    return new Prerequisites(null, Arrays.stream(jobs).map(Job::id).toList());
  }

  private JobState state(Job job) {
    return fixture.queries.job(job.id()).progress().state();
  }

  private void runAll() {
    fixture
        .claim(fixture.node, 100)
        .forEach(unit -> fixture.succeed(unit, "\"" + unit.input() + "\""));
  }

  @Test
  void aJobDoesNotBeginBeforeItsTime() {
    var job = fixture.submit(new Prerequisites(fixture.now.plus(HOUR), List.of()), "1", "2");

    fixture.store.beginWaiting();
    assertThat(job.progress().state()).isEqualTo(JobState.WAITING);
    assertThat(state(job)).isEqualTo(JobState.WAITING);
    assertThat(fixture.claim(fixture.node, 10)).isEmpty();

    fixture.now = fixture.now.plus(HOUR);
    assertThat(fixture.store.beginWaiting()).isEqualTo(1);

    assertThat(state(job)).isEqualTo(JobState.PROCESSING);
    assertThat(fixture.claim(fixture.node, 10))
        .extracting(ClaimedUnit::input)
        .containsExactly("1", "2");
    assertThat(fixture.store.beginWaiting()).isZero();
  }

  @Test
  void aJobWhoseActionNobodyHasOfferedWaitsForItsStages() {
    var job = fixture.submit(Prerequisites.NONE.andAction(), "1", "2");
    var later =
        fixture.submit(new Prerequisites(fixture.now.plus(HOUR), List.of()).andAction(), "3");

    assertThat(fixture.store.beginWaiting()).isZero();
    assertThat(fixture.store.awaiting(job.action()))
        .extracting(Job::id)
        .containsExactly(job.id(), later.id());
    assertThat(fixture.claim(fixture.node, 10)).isEmpty();

    assertThat(fixture.store.awaitedActions()).containsExactly(job.action());
    assertThat(fixture.store.giveAction(job.id(), true, true)).isTrue();
    assertThat(fixture.store.giveAction(later.id(), false, false)).isTrue();
    assertThat(fixture.store.giveAction(job.id(), false, false)).as("it has it").isFalse();

    assertThat(state(job)).isEqualTo(JobState.SPLITTING);
    assertThat(fixture.queries.job(job.id()).progress().merges()).isTrue();
    assertThat(fixture.claim(fixture.node, 10))
        .extracting(ClaimedUnit::stage)
        .containsExactly(Stage.SPLIT, Stage.SPLIT);
    assertThat(state(later)).as("it waits for its time").isEqualTo(JobState.WAITING);
    fixture.now = fixture.now.plus(HOUR);
    assertThat(fixture.store.beginWaiting()).isEqualTo(1);
    assertThat(state(later)).isEqualTo(JobState.PROCESSING);
  }

  @Test
  void aJobThatDoesNotFitItsActionIsCancelledAndWaitsAgainWhenItIsTriedAgain() throws Exception {
    var job = fixture.submit(Prerequisites.NONE.andAction(), "1");
    var first = fixture.submit("0");
    var both = fixture.submit(new Prerequisites(null, List.of(first.id())).andAction(), "2");

    assertThat(fixture.store.refuseAction(job.id(), "it does not fit")).isTrue();
    assertThat(fixture.store.refuseAction(job.id(), "again")).isFalse();
    assertThat(state(job)).isEqualTo(JobState.CANCELLED);
    assertThat(fixture.queries.job(job.id()).message()).isEqualTo("it does not fit");

    fixture.store.retry(job.id());
    runAll();
    assertThat(fixture.store.beginWaiting()).isZero();
    assertThat(fixture.store.awaiting(job.action()))
        .extracting(Job::id)
        .containsExactly(job.id(), both.id());
    assertThat(fixture.store.giveAction(job.id(), false, false)).isTrue();
    assertThat(fixture.store.giveAction(both.id(), false, false)).isTrue();
    assertThat(state(job)).isEqualTo(JobState.PROCESSING);
    assertThat(state(both)).isEqualTo(JobState.PROCESSING);
  }

  @Test
  void aTimeThatHasPassedHoldsNothingUp() {
    var job = fixture.submit(new Prerequisites(fixture.now.minus(HOUR), List.of()), "1");

    assertThat(state(job)).isEqualTo(JobState.PROCESSING);
    assertThat(fixture.claim(fixture.node, 10)).hasSize(1);
  }

  @Test
  void aJobBeginsWhenTheLastOfThoseThatItWaitsForHasSucceeded() {
    var first = fixture.submit("1");
    var second = fixture.submit("2");
    var last = fixture.submit(after(first, second), "own");

    var units = fixture.claim(fixture.node, 10);
    assertThat(units).extracting(ClaimedUnit::jobId).containsExactly(first.id(), second.id());
    fixture.succeed(units.get(0), "0");
    assertThat(fixture.store.beginWaiting()).isZero();
    assertThat(state(last)).isEqualTo(JobState.WAITING);
    fixture.succeed(units.get(1), "0");

    assertThat(state(last)).isEqualTo(JobState.PROCESSING);
    assertThat(fixture.claimOne().input()).isEqualTo("own");
    assertThat(fixture.queries.job(last.id()).prerequisites().after())
        .containsExactly(first.id(), second.id());
  }

  @Test
  void aJobWithoutInputsTakesTheOutputsOfThoseThatItWaitsForInTheirOrder() {
    var second = fixture.submit("1", "2");
    runAll();
    var first = fixture.submit("3");
    var job = fixture.submit(after(first, second));
    assertThat(fixture.queries.job(job.id()).progress().units()).isZero();
    runAll();

    assertThat(state(job)).isEqualTo(JobState.PROCESSING);
    assertThat(fixture.claim(fixture.node, 10))
        .extracting(ClaimedUnit::input)
        .containsExactly("\"3\"", "\"1\"", "\"2\"");
  }

  @Test
  void aMergeIsTheOneInputOfTheNext() {
    var merging = fixture.submit(false, true, "1", "2");
    var job = fixture.submit(after(merging));
    fixture.claim(fixture.node, 10).forEach(unit -> fixture.succeed(unit, "0"));
    fixture.succeed(fixture.claimOne(), "\"merged\"");

    assertThat(fixture.claim(fixture.node, 10))
        .extracting(ClaimedUnit::jobId, ClaimedUnit::input)
        .containsExactly(tuple(job.id(), "\"merged\""));
  }

  @Test
  void thousandsOfOutputsBecomeThousandsOfInputsUnderTheLimitOfTheNext() {
    var many =
        fixture.submit(IntStream.range(0, 1200).mapToObj(String::valueOf).toArray(String[]::new));
    fixture.rules =
        new JobRules(
            0, 1, Duration.ZERO, Duration.ZERO, null, new UnitLimit(3, Double.POSITIVE_INFINITY));
    var job = fixture.submit(after(many));
    for (int claimed = 1; claimed > 0; ) {
      var units =
          fixture.claim(fixture.node, 400).stream()
              .filter(unit -> unit.jobId() == many.id())
              .toList();
      fixture.succeedAll(units);
      claimed = units.size();
    }

    var progress = fixture.queries.job(job.id()).progress();
    assertThat(progress.state()).isEqualTo(JobState.PROCESSING);
    assertThat(progress.units()).isEqualTo(1200);
    assertThat(fixture.queries.leasesOf(fixture.node)).hasSize(3);
  }

  @Test
  void whatSplitsIntoNothingLeavesTheNextWithNothingToDo() {
    var empty = fixture.submit(true, false, "1");
    var job = fixture.submit(after(empty));
    fixture.split(fixture.claimOne());

    assertThat(state(job)).isEqualTo(JobState.SUCCEEDED);
    assertThat(fixture.outputs(job)).isEmpty();
  }

  @Test
  void aJobIsCancelledWithTheOneThatItWaitsForAndSaysWhy() {
    fixture.rules = new JobRules(0, 1, Duration.ZERO, Duration.ZERO, null, UnitLimit.NONE);
    var failing = fixture.submit("1");
    fixture.callback = new CallbackAddress("http://localhost/", CallbackFormat.JSON);
    var next = fixture.submit(after(failing), "2");
    fixture.callback = null;
    var afterNext = fixture.submit(after(next));
    fixture.fail(fixture.claimOne(), "bad input");
    fixture.store.beginWaiting();

    var ended = fixture.queries.job(next.id());
    assertThat(ended.progress().state()).isEqualTo(JobState.CANCELLED);
    assertThat(ended.message())
        .isEqualTo("job " + failing.id() + ", which this one waited for, is failed");
    assertThat(fixture.callbacks.find(next.id()).state()).isEqualTo(CallbackState.WAITING);
    assertThat(fixture.queries.job(afterNext.id()).message())
        .isEqualTo("job " + next.id() + ", which this one waited for, is cancelled");
  }

  @Test
  void aJobIsCancelledWhenTheOneThatItWaitsForIsDeleted() {
    var deleted = fixture.submit("1");
    var job = fixture.submit(after(deleted), "2");

    fixture.store.delete(deleted.id(), Duration.ZERO);
    assertThat(fixture.store.beginWaiting()).isEqualTo(1);

    assertThat(fixture.queries.job(job.id()).message())
        .isEqualTo("job " + deleted.id() + ", which this one waited for, was deleted");
    assertThat(fixture.outputs(job)).hasSize(1);
  }

  @Test
  void aJobThatWasCancelledWithAnotherWaitsAgainWhenItIsTriedAgain() {
    fixture.rules = new JobRules(0, 1, Duration.ZERO, Duration.ZERO, null, UnitLimit.NONE);
    var first = fixture.submit("1");
    var next = fixture.submit(after(first), "2");
    fixture.fail(fixture.claimOne(), "once");
    fixture.store.retry(first.id());

    fixture.store.retry(next.id());
    assertThat(state(next)).isEqualTo(JobState.WAITING);
    fixture.store.beginWaiting();
    assertThat(state(next)).isEqualTo(JobState.WAITING);
    runAll();
    assertThat(fixture.queries.job(next.id()).message()).isNull();
    runAll();

    assertThat(state(next)).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void aWaitingJobCanBeCancelledAndDeleted() {
    var first = fixture.submit("1");
    var next = fixture.submit(after(first), "2");
    fixture.store.cancel(next.id());
    runAll();
    fixture.store.beginWaiting();
    assertThat(state(next)).isEqualTo(JobState.CANCELLED);

    fixture.store.delete(next.id(), Duration.ZERO);

    assertThat(fixture.queries.job(next.id())).isNull();
  }

  @Test
  void jobsAreFoundByTheirLabels() {
    fixture.labels = Map.of("team", "maps", "run", "nightly");
    var both = fixture.submit("1");
    fixture.labels = Map.of("team", "maps");
    var one = fixture.submit("1");
    fixture.labels = Map.of("team", "text");
    fixture.submit("1");

    assertThat(found(Map.of("team", "maps"))).containsExactly(one.id(), both.id());
    assertThat(found(Map.of("team", "maps", "run", "nightly"))).containsExactly(both.id());
    assertThat(found(Map.of("team", "maps", "run", "weekly"))).isEmpty();
    assertThat(fixture.queries.job(both.id()).labels())
        .isEqualTo(Map.of("team", "maps", "run", "nightly"));
    fixture.store.delete(both.id(), Duration.ZERO);
    assertThat(found(Map.of("run", "nightly"))).isEmpty();
  }

  private List<Long> found(Map<String, String> labels) {
    return fixture
        .queries
        .jobs(new JobFilter(null, fixture.action, labels, Long.MAX_VALUE, 10))
        .stream()
        .map(Job::id)
        .toList();
  }
}
