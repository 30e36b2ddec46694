package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.cloudcrowd.store.job.Job;
import org.cloudcrowd.store.job.JobRules;
import org.cloudcrowd.store.state.AttemptOutcome;
import org.cloudcrowd.store.state.JobState;
import org.cloudcrowd.store.unit.Attempt;
import org.cloudcrowd.store.unit.ClaimedUnit;
import org.cloudcrowd.store.unit.UnitLimit;
import org.cloudcrowd.store.unit.UnitResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OnEveryDatabase
class LateResultsOfEarlierAttemptsCount {
  @Parameter TestDatabase database;
  private StoreFixture fixture;
  private Job job;
  private ClaimedUnit first;

  @BeforeEach
  void takeBackTheFirstAttempt() throws Exception {
    fixture = new StoreFixture(database.shared());
    fixture.rules =
        new JobRules(0, 3, Duration.ofHours(1), Duration.ofHours(1), null, UnitLimit.NONE);
    job = fixture.submit("1");
    first = fixture.claim("first:1", 1).get(0);
    assertThat(fixture.store.takeBack(List.of(first.lease()), "it took too long")).isOne();
  }

  @Test
  void whileTheUnitWaits() {
    succeedLate();

    assertThat(outcomes()).containsExactly(AttemptOutcome.HANDED_BACK, AttemptOutcome.SUCCEEDED);
  }

  @Test
  void whileALaterAttemptRunsWhichIsGivenUp() {
    var later = fixture.claim("second:1", 1).get(0);

    succeedLate();

    assertThat(outcomes())
        .containsExactly(
            AttemptOutcome.HANDED_BACK, AttemptOutcome.HANDED_BACK, AttemptOutcome.SUCCEEDED);
    assertThat(fixture.succeed(later, "2").rejected()).containsExactly(later.lease());
    assertThat(fixture.queries.attempts(first.lease().unitId()))
        .extracting(Attempt::node)
        .containsExactly("first:1", "second:1", "first:1");
  }

  @Test
  void whileAnotherAttemptIsDelayed() {
    fixture.end(fixture.claim("second:1", 1).get(0), AttemptOutcome.FAILED, "no");

    succeedLate();
  }

  @Test
  void butNotAfterALaterOneThatCame() {
    fixture.succeed(fixture.claim("second:1", 1).get(0), "2");

    assertThat(fixture.store.leaseAgain(first.lease().unitId(), "late", StoreFixture.LEASE))
        .isNull();
  }

  @Test
  void norWhereNoAttemptWasGivenUpOrThereIsNoUnit() {
    fixture.submit("2");
    fixture.claim("second:1", 1);
    var other = fixture.claim("third:1", 1).get(0);

    assertThat(fixture.store.leaseAgain(other.lease().unitId(), "late", StoreFixture.LEASE))
        .isNull();
    assertThat(fixture.store.leaseAgain(Long.MAX_VALUE, "late", StoreFixture.LEASE)).isNull();
  }

  @Test
  void norOfACancelledJob() {
    fixture.store.cancel(job.id());

    assertThat(fixture.store.leaseAgain(first.lease().unitId(), "late", StoreFixture.LEASE))
        .isNull();
  }

  private void succeedLate() {
    var again = fixture.store.leaseAgain(first.lease().unitId(), "late", StoreFixture.LEASE);
    assertThat(again.node()).isEqualTo("first:1");
    fixture.store.complete(
        List.of(new UnitResult.Succeeded(again.lease(), StoreFixture.WORKER, "1")));
    assertThat(fixture.queries.job(job.id()).progress().state()).isEqualTo(JobState.SUCCEEDED);
  }

  private List<AttemptOutcome> outcomes() {
    return fixture.queries.attempts(first.lease().unitId()).stream().map(Attempt::outcome).toList();
  }
}
