package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.cloudcrowd.store.NodeRegistry.Eligibility;
import org.cloudcrowd.store.NodeRegistry.KnownNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OnEveryDatabase
class NodesAreKnownToEveryServer {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Parameter TestDatabase database;
  private StoreFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new StoreFixture(database.shared());
  }

  @Test
  void aHeartbeatTellsWhatTheNodeWasBefore() {
    var start = fixture.now;
    assertThat(fixture.registry.heard(fixture.node, "run-1", "{\"a\":1}")).isNull();
    fixture.now = start.plus(SECOND);

    assertThat(fixture.registry.heard(fixture.node, "run-2", "{}"))
        .isEqualTo(
            new KnownNode(fixture.node, "run-1", "{\"a\":1}", start, Eligibility.ELIGIBLE, null));
    assertThat(fixture.registry.heardSince(fixture.now))
        .contains(
            new KnownNode(fixture.node, "run-2", "{}", fixture.now, Eligibility.ELIGIBLE, null));
  }

  @Test
  void aSilentNodeIsNoLongerListedAndForgottenLater() {
    fixture.registry.heard(fixture.node, "run", "{}");
    var later = fixture.now.plus(SECOND);

    assertThat(fixture.registry.heardSince(later))
        .extracting(KnownNode::name)
        .doesNotContain(fixture.node);
    fixture.registry.forget(later);
    assertThat(fixture.registry.remove(fixture.node)).isFalse();
  }

  @Test
  void howManyWorkersANodeIsToHaveOutlivesItsRestart() {
    fixture.registry.heard(fixture.node, "run-1", "{}");

    assertThat(fixture.registry.changeMaxWorkers(fixture.node, 7)).isTrue();
    fixture.registry.heard(fixture.node, "run-2", "{}");
    assertThat(fixture.registry.heard(fixture.node, "run-2", "{}").maxWorkers()).isEqualTo(7);

    assertThat(fixture.registry.changeMaxWorkers(fixture.node, null)).isTrue();
    assertThat(fixture.registry.heard(fixture.node, "run-2", "{}").maxWorkers()).isNull();
    assertThat(fixture.registry.changeMaxWorkers("nobody:1", 7)).isFalse();
  }

  @Test
  void eligibilityOutlivesHeartbeatsUntilItsTimeIsOver() {
    fixture.registry.heard(fixture.node, "run", "{}");
    var eligibility = new Eligibility("quarantined", fixture.now.plus(SECOND));

    assertThat(fixture.registry.changeEligibility(fixture.node, eligibility)).isTrue();
    fixture.registry.heard(fixture.node, "run", "{}");
    var kept = fixture.registry.heard(fixture.node, "run", "{}").eligibility();

    assertThat(kept).isEqualTo(eligibility);
    assertThat(kept.at(fixture.now).isEligible()).isFalse();
    assertThat(kept.at(fixture.now.plus(SECOND).plusMillis(1)).isEligible()).isTrue();
    assertThat(fixture.registry.changeEligibility("nobody:1", eligibility)).isFalse();
  }

  @Test
  void anIneligibleNodeClaimsNothingWhateverAServerHasHeardOfIt() {
    fixture.registry.heard(fixture.node, "run", "{}");
    fixture.submit("1", "2");
    var until = fixture.now.plus(SECOND);

    fixture.registry.changeEligibility(fixture.node, new Eligibility("quarantined", until));
    assertThat(fixture.claim(fixture.node, 1)).isEmpty();
    fixture.now = until.plusMillis(1);
    assertThat(fixture.claim(fixture.node, 1)).hasSize(1);

    fixture.registry.changeEligibility(fixture.node, new Eligibility("drained", null));
    assertThat(fixture.claim(fixture.node, 1)).isEmpty();
    fixture.registry.changeEligibility(fixture.node, Eligibility.ELIGIBLE);
    assertThat(fixture.claim(fixture.node, 1)).hasSize(1);
  }
}
