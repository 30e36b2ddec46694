package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.cloudcrowd.store.WorkQueries.Unit;
import org.cloudcrowd.store.job.JobRules;
import org.cloudcrowd.store.state.JobState;
import org.cloudcrowd.store.state.UnitState;
import org.cloudcrowd.store.unit.ClaimedUnit;
import org.cloudcrowd.store.unit.UnitLimit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OnEveryDatabase
class JobsKeepToTheirLimits {
  @Parameter TestDatabase database;
  private StoreFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new StoreFixture(database.shared());
  }

  private void limit(int running, double perSecond) {
    fixture.rules =
        new JobRules(0, 2, Duration.ZERO, Duration.ZERO, null, new UnitLimit(running, perSecond));
  }

  private static String[] inputs(int count) {
    return IntStream.range(0, count).mapToObj(String::valueOf).toArray(String[]::new);
  }

  @Test
  void noMoreUnitsOfAJobRunAtOnceThanItSays() {
    limit(2, Double.POSITIVE_INFINITY);
    var job = fixture.submit(inputs(5));

    var ran = new ArrayList<String>();
    var running = new ArrayList<>(fixture.claim(fixture.node, 10));
    while (!running.isEmpty()) {
      assertThat(running).hasSizeLessThanOrEqualTo(2);
      var unit = running.remove(0);
      ran.add(unit.input());
      fixture.succeed(unit, unit.input());
      running.addAll(fixture.claim(fixture.node, 10));
    }

    assertThat(ran).containsExactly(inputs(5));
    assertThat(fixture.queries.job(job.id()).progress().state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void jobsWithoutALimitAreNotHeldUpByOneThatHasReachedIts() {
    limit(1, Double.POSITIVE_INFINITY);
    fixture.submit(inputs(100));
    fixture.rules = new JobRules(0, 3, Duration.ZERO, Duration.ZERO, null, UnitLimit.NONE);
    var other = fixture.submit(inputs(3));

    assertThat(fixture.claim(fixture.node, 10))
        .extracting(ClaimedUnit::jobId)
        .filteredOn(id -> id == other.id())
        .hasSize(3);
  }

  @Test
  void theStagesThatFollowKeepToTheLimitToo() {
    limit(2, Double.POSITIVE_INFINITY);
    var job = fixture.submit(true, true, "1");
    fixture.split(fixture.claimOne(), inputs(3));

    var parts = fixture.claim(fixture.node, 10);
    assertThat(parts).hasSize(2);
    parts.forEach(part -> fixture.succeed(part, part.input()));
    fixture.succeed(fixture.claimOne(), "2");
    fixture.succeed(fixture.claimOne(), "\"merged\"");

    assertThat(fixture.outputs(job)).containsExactly("\"merged\"");
  }

  @Test
  void unitsThatFailOrAreLostKeepTheirPlaceUntilTheyEnd() {
    limit(1, Double.POSITIVE_INFINITY);
    var job = fixture.submit(inputs(2));

    fixture.fail(fixture.claimOne(), "first");
    assertThat(fixture.claimOne().input()).isEqualTo("0");
    fixture.now = fixture.now.plus(StoreFixture.LEASE).plusMillis(1);
    fixture.store.expire(3);
    var again = fixture.claim(fixture.node, 10);
    assertThat(again).extracting(ClaimedUnit::input).containsExactly("0");
    fixture.fail(again.get(0), "last");

    assertThat(fixture.claimOne().input()).isEqualTo("1");
    assertThat(fixture.queries.job(job.id()).progress().failed()).isEqualTo(1);
  }

  @Test
  void aCancelledJobThatIsTriedAgainKeepsToItsLimit() {
    limit(2, Double.POSITIVE_INFINITY);
    var job = fixture.submit(inputs(4));
    fixture.store.cancel(job.id());
    assertThat(fixture.claim(fixture.node, 10)).isEmpty();

    fixture.store.retry(job.id());

    assertThat(fixture.claim(fixture.node, 10)).hasSize(2);
    assertThat(fixture.queries.units(job.id(), 0, 10))
        .extracting(Unit::state)
        .containsExactly(
            UnitState.RUNNING, UnitState.RUNNING, UnitState.THROTTLED, UnitState.THROTTLED);
  }

  @Test
  void noMoreUnitsOfAJobBeginInASecondThanItSays() {
    limit(Integer.MAX_VALUE, 2);
    fixture.submit(inputs(40));

    int begun = 0;
    for (int tenth = 0; tenth <= 50; tenth++) {
      fixture.store.queueDue();
      begun += fixture.claim(fixture.node, 10).size();
      fixture.now = fixture.now.plus(Duration.ofMillis(100));
    }

    // Two may begin together after a pause, and then two in each of five seconds.
    assertThat(begun).isBetween(10, 12);
  }

  @Test
  void whatCouldNotBeginDoesNotBeginAllAtOnceLater() {
    limit(Integer.MAX_VALUE, 3);
    fixture.submit(inputs(40));

    for (int second = 0; second < 5; second++) {
      fixture.now = fixture.now.plusSeconds(1);
      fixture.store.queueDue();
    }

    assertThat(fixture.claim(fixture.node, 40)).hasSize(3);
  }

  @Test
  void limitsHoldHoweverManyReportAtOnce() throws Exception {
    limit(4, Double.POSITIVE_INFINITY);
    var job = fixture.submit(inputs(60));

    var running = new AtomicInteger();
    var most =
        AtOnce.run(
            4,
            i -> {
              int seen = 0;
              while (!fixture.queries.job(job.id()).progress().state().isComplete()) {
                var units = fixture.claim("node:" + i, 2);
                seen = Math.max(seen, running.addAndGet(units.size()));
                running.addAndGet(-units.size());
                units.forEach(unit -> fixture.succeed(unit, "1"));
              }
              return seen;
            });

    assertThat(most).allSatisfy(seen -> assertThat(seen).isLessThanOrEqualTo(4));
    assertThat(fixture.queries.job(job.id()).progress().succeeded()).isEqualTo(60);
  }
}
