package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.store.state.JobState;
import org.cloudcrowd.store.unit.ClaimedUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OnEveryDatabase
class JobsLiveThroughTheirStages {
  @Parameter TestDatabase database;
  private StoreFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new StoreFixture(database.shared());
  }

  @Test
  void aJobOfOneStageKeepsTheOrderOfItsInputs() {
    var job = fixture.submit("\"one\"", "\"two\"", "\"three\"");
    assertThat(job.progress().state()).isEqualTo(JobState.PROCESSING);

    var units = fixture.claim(fixture.node, 10);
    assertThat(units)
        .extracting(ClaimedUnit::input)
        .containsExactly("\"one\"", "\"two\"", "\"three\"");
    assertThat(units).extracting(ClaimedUnit::options).containsOnly("{\"a\":1}");
    fixture.succeed(units.get(2), "3");
    fixture.succeed(units.get(0), "1");
    fixture.now = fixture.now.plus(Duration.ofSeconds(7));
    assertThat(fixture.succeed(units.get(1), "2").finishedJobs()).containsExactly(job.id());

    var done = fixture.queries.job(job.id());
    assertThat(done.progress().state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(Duration.between(done.createdAt(), done.finishedAt())).hasSeconds(7);
    assertThat(fixture.outputs(job)).containsExactly("1", "2", "3");
  }

  @Test
  void aMergeGetsEveryOutputInOrderAndGivesTheJobsOne() {
    var job = fixture.submit(false, true, "1", "2");
    var units = fixture.claim(fixture.node, 10);
    fixture.succeed(units.get(1), "{\"n\":20}");
    assertThat(fixture.succeed(units.get(0), "10").queued()).isEqualTo(1);
    assertThat(fixture.queries.job(job.id()).progress().state()).isEqualTo(JobState.MERGING);

    var merge = fixture.claimOne();
    assertThat(merge.stage()).isEqualTo(Stage.MERGE);
    assertThat(merge.input()).isEqualTo("[10,{\"n\":20}]");
    fixture.succeed(merge, "30");

    assertThat(fixture.queries.job(job.id()).progress().state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(fixture.outputs(job)).containsExactly("30");
  }

  @Test
  void aSplitUnitBecomesItsPartsAndTheOrderIsThatOfTheInputs() {
    var job = fixture.submit(true, false, "\"a\"", "\"b\"");
    var splits = fixture.claim(fixture.node, 10);
    assertThat(splits).extracting(ClaimedUnit::stage).containsOnly(Stage.SPLIT);
    assertThat(fixture.split(splits.get(1), "\"b1\"", "\"b2\"").queued()).isEqualTo(2);
    assertThat(fixture.queries.job(job.id()).progress().state()).isEqualTo(JobState.SPLITTING);
    fixture.split(splits.get(0), "\"a1\"");
    assertThat(fixture.queries.job(job.id()).progress().units()).isEqualTo(3);

    fixture.claim(fixture.node, 10).forEach(unit -> fixture.succeed(unit, unit.input()));

    assertThat(fixture.queries.job(job.id()).progress().state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(fixture.outputs(job)).containsExactly("\"a1\"", "\"b1\"", "\"b2\"");
  }

  @Test
  void aJobHasBegunOnceAnyOfItsUnitsWasSent() {
    var job = fixture.submit(true, false, "\"a\"", "\"b\"");
    assertThat(fixture.queries.begun(List.of(job.id()))).isEmpty();
    assertThat(fixture.queries.details(job.id(), 1).begun()).isFalse();

    var splits = fixture.claim(fixture.node, 2);
    var both = List.of(job.id(), fixture.submit("1").id());
    assertThat(fixture.queries.begun(both)).containsExactly(job.id());
    assertThat(fixture.queries.details(job.id(), 1).begun()).isTrue();

    splits.forEach(split -> fixture.split(split, "\"part\""));
    assertThat(fixture.queries.begun(both)).containsExactly(job.id());
  }

  @Test
  void anEmptySplitLeavesAnEmptyListToMerge() {
    var job = fixture.submit(true, true, "1");
    fixture.split(fixture.claimOne());

    var merge = fixture.claimOne();
    assertThat(merge.input()).isEqualTo("[]");
    fixture.succeed(merge, "0");

    assertThat(fixture.outputs(job)).containsExactly("0");
  }

  @Test
  void aFailedUnitHasExactlyTheJobsAttemptsAndFailsItAfterTheOthers() {
    var job = fixture.submit("1", "2");
    var units = fixture.claim(fixture.node, 10);
    assertThat(fixture.fail(units.get(0), "first").queued()).isEqualTo(1);
    var second = fixture.claimOne();
    assertThat(second.lease().attempt()).isEqualTo(2);
    fixture.fail(second, "second");
    assertThat(fixture.fail(fixture.claimOne(), "third").queued()).isZero();
    assertThat(fixture.claim(fixture.node, 10)).isEmpty();
    assertThat(fixture.queries.job(job.id()).progress().state()).isEqualTo(JobState.PROCESSING);

    fixture.succeed(units.get(1), "2");

    assertThat(fixture.queries.job(job.id()).progress().state()).isEqualTo(JobState.FAILED);
    assertThat(fixture.queries.details(job.id(), 10).failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.attempts()).isEqualTo(3);
              assertThat(failure.message()).isEqualTo("third");
              assertThat(failure.input()).isEqualTo("1");
            });
    var ends = fixture.ends(job);
    assertThat(ends.get(0).message()).isEqualTo("third");
    assertThat(ends.get(1).output()).isEqualTo("2");
  }

  @Test
  void aLongMessageIsCutAndALongPayloadIsNot() {
    var input = '"' + "x".repeat(300_000) + '"';
    var job = fixture.submit(input, "2");
    var units = fixture.claim(fixture.node, 2);
    assertThat(units.get(0).input()).isEqualTo(input);
    fixture.succeed(units.get(0), input);
    fixture.fail(units.get(1), "é".repeat(9_000));
    fixture.fail(fixture.claimOne(), "é".repeat(9_000));
    fixture.fail(fixture.claimOne(), "é".repeat(9_000));

    var ends = fixture.ends(job);
    assertThat(ends.get(0).output()).isEqualTo(input);
    assertThat(ends.get(1).message()).isEqualTo("é".repeat(8_000));
  }

  @Test
  void aDeletedJobLeavesNothingAndItsResultsAreRefused() {
    var job = fixture.submit("1");
    var unit = fixture.claimOne();

    assertThat(fixture.store.delete(job.id(), StoreFixture.LEASE).id()).isEqualTo(job.id());

    assertThat(fixture.queries.job(job.id())).isNull();
    assertThat(fixture.succeed(unit, "1").rejected()).containsExactly(unit.lease());
    assertThat(fixture.store.delete(job.id(), StoreFixture.LEASE)).isNull();
  }

  @Test
  void openWorkIsCountedAndListedOldestFirst() {
    var before = fixture.queries.openWork();
    var first = fixture.submit("1", "2");
    var second = fixture.submit("3");
    var during = fixture.queries.openWork();
    assertThat(during.jobs() - before.jobs()).isEqualTo(2);
    assertThat(during.units() - before.units()).isEqualTo(3);
    var open = fixture.queries.openJobs(1000);
    assertThat(open).extracting(job -> job.id()).containsSubsequence(first.id(), second.id());

    fixture.claim(fixture.node, 10).forEach(unit -> fixture.succeed(unit, "0"));

    assertThat(fixture.queries.openWork()).isEqualTo(before);
  }

  @Test
  void jobsArePagedNewestFirstAndFilteredByStateAndAction() {
    var jobs = IntStream.range(0, 5).mapToObj(i -> fixture.submit("1")).toList();
    fixture.succeed(fixture.claimOne(), "1");
    var page =
        fixture.queries.jobs(
            new org.cloudcrowd.store.WorkQueries.JobFilter(
                null, fixture.action, Map.of(), jobs.get(4).id(), 2));
    assertThat(page)
        .extracting(job -> job.id())
        .containsExactly(jobs.get(3).id(), jobs.get(2).id());

    var succeeded =
        fixture.queries.jobs(
            new org.cloudcrowd.store.WorkQueries.JobFilter(
                JobState.SUCCEEDED, fixture.action, Map.of(), Long.MAX_VALUE, 10));
    assertThat(succeeded).extracting(job -> job.id()).containsExactly(jobs.get(0).id());
  }
}
