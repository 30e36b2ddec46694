package org.cloudcrowd.server.transports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.cloudcrowd.protocol.node.Dispatch;
import org.cloudcrowd.protocol.node.Heartbeat;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.protocol.unit.UnitOrder;
import org.cloudcrowd.server.nodes.LiveNode;
import org.cloudcrowd.server.nodes.LiveNodes;
import org.cloudcrowd.store.NodeRegistry.Eligibility;
import org.junit.jupiter.api.Test;

class NodesAskForTheirWork {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final LiveNode node =
      new LiveNodes()
          .heard(
              "host:1",
              new Heartbeat(
                  "run",
                  null,
                  null,
                  "it is configured so",
                  1,
                  1,
                  List.of(),
                  List.of(),
                  null,
                  null,
                  null,
                  null,
                  null,
                  List.of()),
              Eligibility.ELIGIBLE,
              Instant.EPOCH);
  private final LongPoll polls = new LongPoll();
  private final Dispatch dispatch =
      new Dispatch(
          15,
          false,
          List.of(
              new UnitOrder(
                  new Lease(7, 1, "t"), 1, "a", null, Stage.PROCESS, null, null, null, null)));

  @Test
  void aBatchAnswersTheRequestThatWaits() throws Exception {
    var poll = polls.await("host:1", LONG);
    assertThat(polls.isOpen(node)).isTrue();

    assertThat(polls.send(node, dispatch).get().accepted()).containsExactly(7L);

    assertThat(poll.get()).isEqualTo(dispatch);
    assertThat(polls.isOpen(node)).isFalse();
  }

  @Test
  void withoutARequestNothingIsSent() {
    assertThatThrownBy(() -> polls.send(node, dispatch).get())
        .hasCauseInstanceOf(ConnectException.class);
  }

  @Test
  void aRequestEndsWithoutABatchAfterAWhile() throws Exception {
    assertThat(polls.await("host:1", Duration.ofMillis(1)).get()).isNull();
    assertThat(polls.isOpen(node)).isFalse();
  }

  @Test
  void ofTwoRequestsOfANodeTheLaterGetsTheBatch() throws Exception {
    var first = polls.await("host:1", LONG);
    var second = polls.await("host:1", LONG);

    assertThat(polls.send(node, dispatch).get().rejected()).isEmpty();
    assertThat(first.get()).isNull();
    assertThat(second.get()).isEqualTo(dispatch);
  }
}
