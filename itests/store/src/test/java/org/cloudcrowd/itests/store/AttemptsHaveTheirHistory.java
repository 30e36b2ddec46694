package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.cloudcrowd.store.job.JobRules;
import org.cloudcrowd.store.state.AttemptOutcome;
import org.cloudcrowd.store.state.JobState;
import org.cloudcrowd.store.unit.Attempt;
import org.cloudcrowd.store.unit.ClaimedUnit;
import org.cloudcrowd.store.unit.UnitLimit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OnEveryDatabase
class AttemptsHaveTheirHistory {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Parameter TestDatabase database;
  private StoreFixture fixture;
  private ClaimedUnit next;

  @BeforeEach
  void open() throws Exception {
    fixture = new StoreFixture(database.shared());
  }

  @Test
  void eachEndOfALeaseLeavesARow() {
    var job = fixture.submit("1");
    var start = fixture.now;
    fixture.end(fixture.claimOne(), AttemptOutcome.TIMED_OUT, "took longer than 1 s");
    fixture.claimOne();
    fixture.store.releaseLost(fixture.node, List.of(), Set.of(), start.plusMillis(1), 3);
    fixture.claimOne();
    fixture.store.handBack(fixture.node);
    fixture.claimOne();
    fixture.now = start.plus(StoreFixture.LEASE).plusMillis(1);
    fixture.store.expire(3);
    var last = fixture.claimOne();
    fixture.succeed(last, "1");

    var attempts = fixture.queries.attempts(last.lease().unitId());

    assertThat(attempts)
        .extracting(Attempt::outcome)
        .containsExactly(
            AttemptOutcome.TIMED_OUT,
            AttemptOutcome.NODE_LOST,
            AttemptOutcome.HANDED_BACK,
            AttemptOutcome.NODE_LOST,
            AttemptOutcome.SUCCEEDED);
    assertThat(attempts).extracting(Attempt::number).containsExactly(1, 2, 3, 4, 5);
    assertThat(attempts.get(0))
        .isEqualTo(
            new Attempt(
                last.lease().unitId(),
                1,
                fixture.node,
                StoreFixture.WORKER,
                start,
                start,
                AttemptOutcome.TIMED_OUT,
                "took longer than 1 s"));
    assertThat(fixture.queries.job(job.id()).progress().state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void whatTheNodeNeverBeganIsNoAttempt() {
    fixture.submit("1");
    fixture.store.release(List.of(fixture.claimOne().lease()));
    var unit = fixture.claimOne();

    assertThat(fixture.queries.attempts(unit.lease().unitId())).isEmpty();
  }

  @Test
  void aRefusedResultLeavesNone() {
    fixture.submit("1");
    var stale = fixture.claimOne();
    fixture.store.handBack(fixture.node);
    fixture.fail(stale, "too late");

    assertThat(fixture.queries.attempts(stale.lease().unitId())).hasSize(1);
  }

  @Test
  void backoffDoublesWithEachFailureUpToItsLimit() {
    fixture.rules = new JobRules(0, 5, SECOND, SECOND.multipliedBy(3), null, UnitLimit.NONE);
    fixture.submit("1");
    next = fixture.claimOne();

    assertThat(backoffAfterFailure()).isBetween(Duration.ofMillis(800), Duration.ofMillis(1200));
    assertThat(backoffAfterFailure()).isBetween(Duration.ofMillis(1600), Duration.ofMillis(2400));
    assertThat(backoffAfterFailure()).isBetween(Duration.ofMillis(2400), Duration.ofMillis(3600));
    assertThat(backoffAfterFailure()).isBetween(Duration.ofMillis(2400), Duration.ofMillis(3600));
  }

  private Duration backoffAfterFailure() {
    fixture.fail(next, "again");
    var from = fixture.now;
    for (next = null;
        next == null;
        next = fixture.claim(fixture.node, 1).stream().findFirst().orElse(null)) {
      fixture.now = fixture.now.plusMillis(50);
      fixture.store.queueDue();
    }
    return Duration.between(from, fixture.now);
  }

  @Test
  void afterARestartALeaseHasAFullTermWhereNobodyElseCouldRenew() {
    fixture.submit("1");
    var claimed = fixture.claimOne();
    fixture.now = fixture.now.plus(Duration.ofHours(1));
    fixture.store.adopt(StoreFixture.LEASE);
    fixture.store.expire(3);

    boolean kept = fixture.succeed(claimed, "1").rejected().isEmpty();

    assertThat(kept).isEqualTo(database instanceof TestDerby);
  }
}
