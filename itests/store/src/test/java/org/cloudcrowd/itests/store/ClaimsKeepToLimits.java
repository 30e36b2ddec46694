package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cloudcrowd.store.ActionCatalog.KnownAction;
import org.cloudcrowd.store.jpa.service.JpaActionCatalog;
import org.cloudcrowd.store.unit.Attempt;
import org.cloudcrowd.store.unit.Claim.Retries;
import org.cloudcrowd.store.unit.UnitLimit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

@OnEveryDatabase
class ClaimsKeepToLimits {
  @Parameter TestDatabase database;
  private StoreFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new StoreFixture(database.shared());
    new JpaActionCatalog(database.shared())
        .record(List.of(new KnownAction(fixture.action, new Version("1.2.0"), false, false, null)));
  }

  private void limit(int running, double perSecond) {
    fixture.limits = Map.of(fixture.action, new UnitLimit(running, perSecond));
  }

  @Test
  void noMoreUnitsOfAnActionRunAtOnceThanAllowed() {
    limit(2, Double.POSITIVE_INFINITY);
    fixture.submit("1", "2", "3", "4");

    var first = fixture.claim(fixture.node, 10);
    assertThat(first).hasSize(2);
    assertThat(fixture.claim("other:1", 10)).isEmpty();
    fixture.succeed(first.get(0), "1");
    assertThat(fixture.claim("other:1", 10)).hasSize(1);
  }

  @Test
  void jobsThatAskForAVersionAndJobsThatDoNotShareTheAllowance() {
    limit(3, Double.POSITIVE_INFINITY);
    fixture.submit("1", "2");
    fixture.versionRange = new VersionRange("[1,2)");
    fixture.submit("3", "4");

    assertThat(fixture.claim(fixture.node, 10)).hasSize(3);
    assertThat(fixture.claim("other:1", 10)).isEmpty();
  }

  @Test
  void claimsAtTheSameTimeShareTheAllowance() throws Exception {
    limit(5, Double.POSITIVE_INFINITY);
    fixture.submit(
        java.util.stream.IntStream.range(0, 40).mapToObj(String::valueOf).toArray(String[]::new));

    var claimed = AtOnce.run(4, i -> fixture.claim("node:" + i, 4));

    assertThat(claimed.stream().mapToInt(List::size).sum()).isLessThanOrEqualTo(5).isPositive();
  }

  @Test
  void noMoreUnitsBeginInASecondThanAllowed() {
    limit(Integer.MAX_VALUE, 2);
    fixture.submit(
        java.util.stream.IntStream.range(0, 40).mapToObj(String::valueOf).toArray(String[]::new));

    int begun = 0;
    for (int tenth = 0; tenth <= 50; tenth++) {
      begun += fixture.claim(fixture.node, 10).size();
      fixture.now = fixture.now.plus(Duration.ofMillis(100));
    }

    // Two may begin together after a pause, and then two in each of five seconds.
    assertThat(begun).isBetween(10, 12);
  }

  @Test
  void aUnitThatFailedHereIsTriedElsewhereWhereThereIsAnother() {
    fixture.submit("1");
    fixture.fail(fixture.claimOne(), "bad disk");
    fixture.retries = Retries.ELSEWHERE;

    assertThat(fixture.claim(fixture.node, 1)).isEmpty();
    var elsewhere = fixture.claim("other:1", 1);
    assertThat(elsewhere).hasSize(1);
    assertThat(fixture.succeed(elsewhere.get(0), "1").refuted())
        .extracting(Attempt::node, Attempt::message)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(fixture.node, "bad disk"));
  }

  @Test
  void whereThereIsNoOtherItIsTriedHere() {
    fixture.submit("1");
    fixture.fail(fixture.claimOne(), "bad disk");

    assertThat(fixture.succeed(fixture.claimOne(), "1").refuted()).isEmpty();
  }
}
