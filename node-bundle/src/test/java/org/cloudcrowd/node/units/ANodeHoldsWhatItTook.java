package org.cloudcrowd.node.units;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cloudcrowd.outbound.ServerExposure;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.protocol.unit.UnitOrder;
import org.junit.jupiter.api.Test;

class ANodeHoldsWhatItTook {
  private final HeldUnits held = new HeldUnits(0);

  private static UnitOrder unit(long id, int attempt) {
    return new UnitOrder(
        new Lease(id, attempt, "token-" + attempt),
        1,
        "a",
        null,
        Stage.PROCESS,
        null,
        null,
        null,
        null);
  }

  @Test
  void whatThereIsNoRoomForIsRejected() {
    var reply = held.take(List.of(unit(1, 1), unit(2, 1), unit(3, 1)), ServerExposure.LOOPBACK, 2);

    assertThat(reply.accepted()).containsExactly(1L, 2L);
    assertThat(reply.rejected()).containsExactly(3L);
  }

  /** The server may send the next before its answer to the result is read. */
  @Test
  void aUnitThatHasEndedTakesNoRoom() throws Exception {
    held.take(List.of(unit(1, 1), unit(2, 1)), ServerExposure.LOOPBACK, 2);
    held.next().end();

    var reply = held.take(List.of(unit(3, 1), unit(4, 1)), ServerExposure.LOOPBACK, 2);

    assertThat(reply.accepted()).containsExactly(3L);
    assertThat(reply.rejected()).containsExactly(4L);
    assertThat(held.leases()).hasSize(3);
  }

  @Test
  void aDispatchThatComesAgainIsAcceptedAgainAndRunOnce() throws Exception {
    held.take(List.of(unit(1, 1)), ServerExposure.LOOPBACK, 2);

    assertThat(held.take(List.of(unit(1, 1)), ServerExposure.LOOPBACK, 2).accepted())
        .containsExactly(1L);

    assertThat(held.next().unit()).isEqualTo(unit(1, 1));
    assertThat(held.takeWaiting()).isEmpty();
    assertThat(held.leases()).hasSize(1);
  }

  @Test
  void aLaterAttemptTakesThePlaceOfAnEarlier() throws Exception {
    held.take(List.of(unit(1, 1)), ServerExposure.LOOPBACK, 2);
    var earlier = held.next();

    held.take(List.of(unit(1, 2)), ServerExposure.LOOPBACK, 2);

    assertThat(earlier.end()).isFalse();
    assertThat(held.leases()).containsExactly(unit(1, 2).lease());
  }

  @Test
  void aUnitIsHeldUntilItsResultIsHeard() throws Exception {
    held.take(List.of(unit(1, 1)), ServerExposure.LOOPBACK, 2);
    held.next();
    assertThat(held.awaitEmpty(1)).isFalse();

    held.acknowledged(List.of(unit(1, 2).lease()));
    assertThat(held.leases()).hasSize(1);
    held.acknowledged(List.of(unit(1, 1).lease()));

    assertThat(held.leases()).isEmpty();
    assertThat(held.awaitEmpty(1)).isTrue();
  }

  @Test
  void aDroppedUnitIsNotBegun() throws Exception {
    held.take(List.of(unit(1, 1), unit(2, 1)), ServerExposure.LOOPBACK, 2);
    held.revoke(List.of(unit(1, 1).lease()));

    assertThat(held.next().unit()).isEqualTo(unit(2, 1));
    assertThat(held.revokeAll()).isEqualTo(1);
    assertThat(held.leases()).isEmpty();
  }

  @Test
  void aLeaseThatIsLostTakesNothingFromTheOneThatCameAfterIt() throws Exception {
    held.take(List.of(unit(1, 1)), ServerExposure.LOOPBACK, 2);
    held.take(List.of(unit(1, 2)), ServerExposure.LOOPBACK, 2);

    held.revoke(List.of(unit(1, 1).lease()));

    assertThat(held.leases()).containsExactly(unit(1, 2).lease());
    assertThat(held.next().unit().lease().attempt()).isEqualTo(2);
  }
}
