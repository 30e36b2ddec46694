package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.cloudcrowd.store.RefusedValueException;
import org.cloudcrowd.store.StoreException;
import org.cloudcrowd.store.UnitLogs.UnitLog;
import org.cloudcrowd.store.jpa.service.RefusedTexts;
import org.cloudcrowd.store.state.AttemptOutcome;
import org.cloudcrowd.store.state.JobState;
import org.cloudcrowd.store.unit.ClaimedUnit;
import org.cloudcrowd.store.unit.Runner;
import org.cloudcrowd.store.unit.UnitResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** P20: what a database refuses is one item's fault, and costs the others nothing. */
@OnEveryDatabase
class OneBadResultFailsAlone {
  private static final int UNITS = 20;
  private static final int BAD = 13;
  private static final String[] INPUTS =
      IntStream.range(0, UNITS).mapToObj(String::valueOf).toArray(String[]::new);

  @Parameter TestDatabase database;
  private StoreFixture fixture;
  private RefusedTexts refused;

  @BeforeEach
  void open() throws Exception {
    fixture = new StoreFixture(database.shared());
    refused = new RefusedTexts(database.shared());
  }

  @AfterEach
  void takeAll() {
    refused.close();
  }

  private List<UnitResult> results(List<ClaimedUnit> units, String badMessage) {
    var results = new ArrayList<UnitResult>();
    for (int i = 0; i < units.size(); i++) {
      var lease = units.get(i).lease();
      results.add(
          i == BAD
              ? new UnitResult.Unsuccessful(
                  lease, StoreFixture.WORKER, AttemptOutcome.FAILED, badMessage)
              : new UnitResult.Succeeded(lease, StoreFixture.WORKER, Integer.toString(i)));
    }
    return results;
  }

  @Test
  void theBatchIsSplitUntilTheBadOneFailsItsAttempt() {
    var job = fixture.submit(INPUTS);
    var units = fixture.claim(fixture.node, UNITS);
    refused.add("attempts", "message");

    var completion = fixture.store.complete(results(units, RefusedTexts.REFUSED));

    assertThat(completion.rejected()).isEmpty();
    assertThat(fixture.queries.job(job.id()).progress().succeeded()).isEqualTo(UNITS - 1);
    assertThat(fixture.queries.attempts(units.get(BAD).lease().unitId()))
        .singleElement()
        .satisfies(
            attempt -> {
              assertThat(attempt.outcome()).isEqualTo(AttemptOutcome.FAILED);
              assertThat(attempt.message())
                  .startsWith("the result of this attempt cannot be stored: ");
            });
    assertThat(fixture.succeed(fixture.claimOne(), "again").rejected()).isEmpty();
    assertThat(fixture.queries.job(job.id()).progress().state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void aLogThatIsRefusedFailsNoResult() {
    var job = fixture.submit(INPUTS);
    var units = fixture.claim(fixture.node, UNITS);
    refused.add("attempt_logs", "log_text");
    var logs =
        IntStream.range(0, UNITS)
            .mapToObj(
                i ->
                    new UnitLog(
                        units.get(i).lease().unitId(),
                        1,
                        5,
                        i == BAD ? RefusedTexts.REFUSED : "line\n"))
            .toList();

    fixture.store.complete(
        units.stream()
            .<UnitResult>map(
                unit -> new UnitResult.Succeeded(unit.lease(), StoreFixture.WORKER, "1"))
            .toList(),
        logs);

    assertThat(fixture.queries.job(job.id()).progress().state()).isEqualTo(JobState.SUCCEEDED);
    for (int i = 0; i < UNITS; i++) {
      var kept = fixture.logs.find(units.get(i).lease().unitId(), 1);
      if (i == BAD) {
        assertThat(kept).isNull();
      } else {
        assertThat(kept.text()).isEqualTo("line\n");
      }
    }
  }

  @Test
  void aLeaseThatCannotBeEndedHoldsUpNoOther() throws Exception {
    // Of its own, since every lease that has ended is ended.
    var opened = TestDatabase.open(database.newDatabase());
    try {
      var alone = new StoreFixture(opened);
      alone.submit("1", "2", "3");
      var units = alone.claim(alone.node, 3);
      new RefusedTexts(opened).addNumber("attempts", "work_unit_id", units.get(0).lease().unitId());
      alone.now = alone.now.plus(StoreFixture.LEASE).plusMillis(1);

      assertThat(alone.store.expire(3)).isEqualTo(2);
      assertThat(alone.claim(alone.node, 3))
          .extracting(ClaimedUnit::input)
          .containsExactlyInAnyOrder("2", "3");
    } finally {
      opened.close();
    }
  }

  @Test
  void whatNoDatabaseStoresIsReplacedInEveryText() {
    fixture.labels = Map.of("note", "a\0b\uD800c");
    var job = fixture.submit("1");
    var unit = fixture.claimOne();

    fixture.store.complete(
        List.of(
            new UnitResult.Unsuccessful(
                unit.lease(),
                new Runner(1, "1\0"),
                AttemptOutcome.FAILED,
                "x\0y\uDC00z \uD83D\uDE00")),
        List.of(new UnitLog(unit.lease().unitId(), 1, 3, "l\0g\uD83D")));

    assertThat(fixture.queries.job(job.id()).labels()).containsEntry("note", "a\uFFFDb\uFFFDc");
    var attempt = fixture.queries.attempts(unit.lease().unitId()).get(0);
    assertThat(attempt.message()).isEqualTo("x\uFFFDy\uFFFDz \uD83D\uDE00");
    assertThat(attempt.runner().version()).isEqualTo("1\uFFFD");
    assertThat(fixture.logs.find(unit.lease().unitId(), 1).text()).isEqualTo("l\uFFFDg\uFFFD");
    fixture.registry.heard(fixture.node, "run\0", "{}");
    assertThat(fixture.registry.heardSince(fixture.now))
        .filteredOn(node -> node.name().equals(fixture.node))
        .singleElement()
        .satisfies(node -> assertThat(node.incarnation()).isEqualTo("run\uFFFD"));
  }

  @Test
  void whatIsTooLongIsARefusalAndNoAbsence() {
    fixture.labels = Map.of("note", "x".repeat(1000));
    assertThatThrownBy(() -> fixture.submit("1")).isInstanceOf(RefusedValueException.class);
    assertThatThrownBy(() -> fixture.submit("1"))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("The database could not store the job: ");
  }
}
