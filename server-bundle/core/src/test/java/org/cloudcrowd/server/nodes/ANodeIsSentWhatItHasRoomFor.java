package org.cloudcrowd.server.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.cloudcrowd.protocol.node.AdvertisedAction;
import org.cloudcrowd.protocol.node.Heartbeat;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.store.NodeRegistry.Eligibility;
import org.junit.jupiter.api.Test;

class ANodeIsSentWhatItHasRoomFor {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private static LiveNode node(String busy, int workers, int capacity, long... held) {
    return new LiveNode(
        "host:1",
        new Heartbeat(
            "run",
            null,
            busy,
            null,
            workers,
            capacity,
            List.of(new AdvertisedAction("a", "1.0.0", null, false, false)),
            List.of(),
            null,
            null,
            null,
            null,
            null,
            LongStream.of(held).mapToObj(id -> new Lease(id, 1, "t")).toList()),
        Eligibility.ELIGIBLE,
        NOW);
  }

  private static long[] units(int count) {
    return LongStream.rangeClosed(1, count).toArray();
  }

  @Test
  void anIdleNodeIsFilled() {
    assertThat(node(null, 2, 10).room()).isEqualTo(10);
    assertThat(node(null, 2, 10).idleWorkers()).isEqualTo(2);
  }

  @Test
  void aNodeWhoseWorkersAreBusyIsSentMoreWhenHalfOfWhatWaitedHasRun() {
    assertThat(node(null, 2, 10, units(7)).room()).isZero();
    assertThat(node(null, 2, 10, units(6)).room()).isEqualTo(4);
  }

  @Test
  void anIdleWorkerIsNeverKeptWaiting() {
    assertThat(node(null, 2, 10, units(1)).room()).isEqualTo(9);
  }

  @Test
  void whatIsOnItsWayCounts() {
    var node = node(null, 2, 4);
    node.sending(List.of(1L, 2L, 3L, 4L));
    assertThat(node.room()).isZero();
    assertThat(node.isSending()).isTrue();

    node.sent(List.of(1L, 2L, 3L, 4L), List.of(1L));
    assertThat(node.room()).isEqualTo(3);
    assertThat(node.isSending()).isFalse();
  }

  @Test
  void aResultThatOvertakesTheReplyToItsDispatchIsNotHeldForEver() {
    var node = node(null, 1, 1);
    node.sending(List.of(1L));
    node.reported(List.of(1L), 1);
    node.sent(List.of(1L), List.of(1L));

    assertThat(node.room()).isEqualTo(1);
  }

  @Test
  void whatArrivedSinceItWasHeardOfMayBeMissingFromItsNextHeartbeat() {
    var node = node(null, 2, 4);
    node.sending(List.of(1L, 2L, 3L));
    node.sent(List.of(1L, 2L, 3L), List.of(1L, 2L));
    node.reported(List.of(2L), 4);

    assertThat(node.arrivedLately()).containsExactly(1L);
  }

  @Test
  void aBusyADrainedAndAShutNodeAreSentNothing() {
    assertThat(node("no memory", 2, 10).room()).isZero();
    var drained = node(null, 2, 10);
    drained.changeEligibility(new Eligibility("drained", null));
    assertThat(drained.room()).isZero();
    assertThat(drained.view().reason()).isEqualTo("drained");
    var shut = node(null, 2, 10);
    shut.shut();
    assertThat(shut.room()).isZero();
    assertThat(shut.view().status()).isEqualTo("busy");
  }

  @Test
  void aNodeThatRefusedIsSentNothingUntilItIsHeardOf() {
    var node = node(null, 2, 10);
    int heard = node.sending(List.of(1L, 2L));
    node.sent(List.of(1L, 2L), List.of(1L));
    node.rejected(heard);
    assertThat(node.room()).isZero();

    node.reported(List.of(1L), 10);
    assertThat(node.room()).isEqualTo(10);
  }

  /** It holds nothing any more, and might not be heard of before its next heartbeat. */
  @Test
  void aNodeWhoseLastResultOvertookItsRefusalIsSentMore() {
    var node = node(null, 2, 10);
    int heard = node.sending(List.of(1L, 2L));
    node.reported(List.of(1L), 10);
    node.sent(List.of(1L, 2L), List.of(1L));
    node.rejected(heard);

    assertThat(node.room()).isEqualTo(10);
  }
}
