package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.cloudcrowd.store.state.AttemptOutcome;
import org.cloudcrowd.store.state.JobState;
import org.cloudcrowd.store.unit.Attempt;
import org.cloudcrowd.store.unit.Claim.Retries;
import org.cloudcrowd.store.unit.ClaimedUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

@OnEveryDatabase
class AUnitIsLostWithFewNodes {
  private static final int MAX_NODE_LOSSES = 3;

  @Parameter TestDatabase database;
  private StoreFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new StoreFixture(database.shared());
  }

  @Test
  void itFailsWithItsHistoryAfterTheLast() {
    var job = fixture.submit("1");
    ClaimedUnit unit = null;
    for (int i = 0; i < MAX_NODE_LOSSES; i++) {
      unit = fixture.claim("node-" + i + ":1", 1).get(0);
      loseNodes();
    }

    assertThat(fixture.claim(fixture.node, 1)).isEmpty();
    assertThat(fixture.queries.job(job.id()).progress().state()).isEqualTo(JobState.FAILED);
    var attempts = fixture.queries.attempts(unit.lease().unitId());
    assertThat(attempts).extracting(Attempt::outcome).containsOnly(AttemptOutcome.NODE_LOST);
    assertThat(attempts)
        .extracting(Attempt::node)
        .containsExactly("node-0:1", "node-1:1", "node-2:1");
    assertThat(attempts.get(2).message())
        .isEqualTo(
            "the node fell silent, and its lease ended; the work unit was lost with its node 3"
                + " time(s), as often as max_node_losses allows");
  }

  @Test
  void itDoesNotRunTwiceInARowOnANodeThatItEndedWhileAnotherCan() {
    fixture.submit("1");
    fixture.claimOne();
    fixture.store.releaseLost(
        fixture.node, List.of(), Set.of(), fixture.now.plusMillis(1), MAX_NODE_LOSSES);
    fixture.retries = Retries.ELSEWHERE;

    assertThat(fixture.claim(fixture.node, 1)).isEmpty();
    assertThat(fixture.claim("other:1", 1)).hasSize(1);
  }

  @Test
  void itRunsThereAgainWhereNoOtherCan() {
    fixture.submit("1");
    fixture.claimOne();
    loseNodes();

    assertThat(fixture.claim(fixture.node, 1)).hasSize(1);
  }

  /** One that takes its node down would make all that run beside it fail. */
  @Test
  void beforeItsLastANodeGetsOneLikeItAtATime() {
    fixture.submit("1", "2");
    loseBothTwice();
    fixture.submit("3");

    var first = fixture.claim(fixture.node, 10);

    assertThat(first).extracting(ClaimedUnit::input).containsExactly("1", "3");
    assertThat(first).extracting(ClaimedUnit::isIsolated).containsExactly(true, false);
    assertThat(fixture.claimWithoutIsolated("other:1")).isEmpty();
    assertThat(fixture.claim("other:1", 10)).extracting(ClaimedUnit::input).containsExactly("2");
  }

  @Test
  void itsVersionsAreAskedForAsBefore() {
    fixture.versionRange = new VersionRange("[1.2,2)");
    fixture.submit("1", "2");
    loseBothTwice();
    fixture.store.forgetVersionRanges();

    var unit = fixture.claimOne();

    assertThat(unit.isIsolated()).isTrue();
    assertThat(unit.versionRange()).isEqualTo(fixture.versionRange);
    fixture.versions = Set.of(new Version("2.0.0"));
    assertThat(fixture.claim(fixture.node, 1)).isEmpty();
  }

  @Test
  void aRangeThatTakesTheWholeColumnIsLeftAsItIs() {
    var longest = "[1.2,2.0.0." + "x".repeat(186) + ")";
    fixture.versionRange = new VersionRange(longest);
    assertThat(fixture.versionRange.toString()).hasSize(200);
    fixture.submit("1", "2");
    loseBothTwice();

    assertThat(fixture.claim(fixture.node, 10)).hasSize(2);
  }

  @Test
  void aRetryOfItsJobBeginsToCountAnew() {
    var job = fixture.submit("1", "2");
    loseBothTwice();
    fixture.claimOne();
    fixture.claimOne();
    loseNodes();
    fixture.store.retry(job.id());

    assertThat(fixture.claim(fixture.node, 10))
        .extracting(ClaimedUnit::isIsolated)
        .containsExactly(false, false);
  }

  private void loseBothTwice() {
    for (int i = 1; i < MAX_NODE_LOSSES; i++) {
      assertThat(fixture.claim(fixture.node, 2)).hasSize(2);
      loseNodes();
    }
  }

  private void loseNodes() {
    fixture.now = fixture.now.plus(StoreFixture.LEASE).plusMillis(1);
    fixture.store.expire(MAX_NODE_LOSSES);
  }
}
