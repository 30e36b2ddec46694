package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.store.unit.ClaimedUnit;
import org.cloudcrowd.store.unit.UnitResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OnEveryDatabase
class LeasesAreExclusiveAndExpire {
  @Parameter TestDatabase database;
  private StoreFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new StoreFixture(database.shared());
  }

  @Test
  void aUnitIsClaimedOnceAndTheOldestFirst() {
    fixture.submit("1", "2", "3");

    assertThat(fixture.claim(fixture.node, 2))
        .extracting(ClaimedUnit::input)
        .containsExactly("1", "2");
    assertThat(fixture.claim("node:2", 2)).extracting(ClaimedUnit::input).containsExactly("3");
    assertThat(fixture.claim("node:3", 2)).isEmpty();
  }

  @Test
  void aResultUnderAnyOtherLeaseIsRefusedAndChangesNothing() {
    var job = fixture.submit("1");
    var unit = fixture.claimOne();
    var lease = unit.lease();
    var forged =
        List.of(
            new Lease(lease.unitId(), lease.attempt(), "guessed"),
            new Lease(lease.unitId(), lease.attempt() + 1, lease.token()),
            new Lease(lease.unitId() + 1_000_000, 1, lease.token()));
    for (Lease wrong : forged) {
      var result = new UnitResult.Succeeded(wrong, StoreFixture.WORKER, "666");
      assertThat(fixture.store.complete(List.of(result)).rejected()).containsExactly(wrong);
    }
    assertThat(fixture.queries.job(job.id()).progress().succeeded()).isZero();

    assertThat(fixture.succeed(unit, "1").rejected()).isEmpty();
    assertThat(fixture.outputs(job)).containsExactly("1");
  }

  @Test
  void aResultOfAnotherStageIsRefused() {
    fixture.submit("1");
    var processing = fixture.claimOne();
    assertThat(fixture.split(processing, "1").rejected()).containsExactly(processing.lease());
    fixture.succeed(processing, "1");

    fixture.submit(true, false, "1");
    var splitting = fixture.claimOne();
    assertThat(fixture.succeed(splitting, "1").rejected()).containsExactly(splitting.lease());
    assertThat(fixture.split(splitting, "1").rejected()).isEmpty();
  }

  @Test
  void aRepeatedResultIsRefusedAndCountsOnce() {
    var job = fixture.submit("1", "2");
    var unit = fixture.claimOne();
    fixture.succeed(unit, "1");

    assertThat(fixture.succeed(unit, "1").rejected()).containsExactly(unit.lease());
    assertThat(fixture.queries.job(job.id()).progress().succeeded()).isEqualTo(1);
  }

  @Test
  void aLeasePastItsDeadlineEndsAndItsResultIsStale() {
    fixture.submit("1");
    var stale = fixture.claimOne();
    fixture.now = fixture.now.plus(StoreFixture.LEASE);
    fixture.store.expire(3);
    assertThat(fixture.claim(fixture.node, 1)).isEmpty();
    fixture.now = fixture.now.plusMillis(1);
    fixture.store.expire(3);

    var again = fixture.claimOne();

    assertThat(again.lease().attempt()).isEqualTo(2);
    assertThat(fixture.succeed(stale, "1").rejected()).containsExactly(stale.lease());
    assertThat(fixture.succeed(again, "1").rejected()).isEmpty();
  }

  @Test
  void aRenewedLeaseLastsLongerAndALostOneIsNamed() {
    fixture.submit("1", "2");
    var units = fixture.claim(fixture.node, 2);
    var lost = units.get(1).lease();
    fixture.store.release(List.of(lost));
    var twice = StoreFixture.LEASE.multipliedBy(2);
    var start = fixture.now;

    assertThat(fixture.store.renew(fixture.node, fixture.leases(units), twice))
        .isEqualTo(Set.of(lost));

    assertThat(fixture.claimOne().lease().unitId()).isEqualTo(lost.unitId());
    fixture.now = start.plus(StoreFixture.LEASE).plusMillis(1);
    fixture.store.expire(3);
    assertThat(fixture.claim(fixture.node, 1)).extracting(ClaimedUnit::input).containsExactly("2");
    fixture.now = start.plus(twice).plusMillis(1);
    fixture.store.expire(3);
    assertThat(fixture.claimOne().lease().unitId()).isEqualTo(units.get(0).lease().unitId());
  }

  @Test
  void aNodeCannotRenewWhatAnotherHolds() {
    fixture.submit("1");
    var unit = fixture.claimOne();

    assertThat(fixture.store.renew("other:1", List.of(unit.lease()), StoreFixture.LEASE))
        .containsExactly(unit.lease());
  }

  @Test
  void aReleasedUnitIsQueuedAgainWithoutCountingAsFailed() {
    var job = fixture.submit("1");
    for (int i = 0; i < 5; i++) {
      assertThat(fixture.store.release(List.of(fixture.claimOne().lease()))).isEqualTo(1);
    }

    fixture.succeed(fixture.claimOne(), "1");

    assertThat(fixture.outputs(job)).containsExactly("1");
  }

  @Test
  void whatANodeNoLongerHoldsIsQueuedAgainButNotWhatItWasJustSent() {
    fixture.submit("1", "2", "3", "4");
    var held = fixture.claim(fixture.node, 1);
    fixture.claim(fixture.node, 1);
    var arriving = fixture.claim(fixture.node, 1);
    var late = Set.of(arriving.get(0).lease().unitId());
    fixture.now = fixture.now.plus(Duration.ofSeconds(5));
    var snapshot = fixture.now;
    var justLeased = fixture.claim(fixture.node, 1);

    assertThat(fixture.store.releaseLost(fixture.node, fixture.leases(held), late, snapshot, 3))
        .isEqualTo(1);
    assertThat(fixture.store.releaseLost(fixture.node + "-2", List.of(), Set.of(), snapshot, 3))
        .isZero();

    assertThat(fixture.succeed(held.get(0), "1").rejected()).isEmpty();
    assertThat(fixture.succeed(arriving.get(0), "3").rejected()).isEmpty();
    assertThat(fixture.succeed(justLeased.get(0), "4").rejected()).isEmpty();
    assertThat(fixture.claimOne().input()).isEqualTo("2");
  }
}
