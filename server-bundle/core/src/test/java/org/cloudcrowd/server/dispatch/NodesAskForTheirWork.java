package org.cloudcrowd.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import org.cloudcrowd.protocol.server.Dispatch;
import org.cloudcrowd.protocol.server.Lease;
import org.cloudcrowd.protocol.server.Status;
import org.junit.jupiter.api.Test;

class NodesAskForTheirWork {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final WaitingPolls polls = new WaitingPolls();
  private final Dispatch dispatch =
      new Dispatch(
          15,
          false,
          List.of(
              new Dispatch.Unit(
                  new Lease(7, 1, "t"), 1, "a", null, Status.PROCESSING, null, null, null, null)));

  @Test
  void aBatchAnswersTheRequestThatWaits() throws Exception {
    var poll = polls.await("host:1", LONG);
    assertThat(polls.isWaiting("host:1")).isTrue();

    assertThat(polls.send("host:1", dispatch).get().accepted()).containsExactly(7L);

    assertThat(poll.get()).isEqualTo(dispatch);
    assertThat(polls.isWaiting("host:1")).isFalse();
  }

  @Test
  void withoutARequestNothingIsSent() {
    assertThatThrownBy(() -> polls.send("host:1", dispatch).get())
        .hasCauseInstanceOf(ConnectException.class);
  }

  @Test
  void aRequestEndsWithoutABatchAfterAWhile() throws Exception {
    assertThat(polls.await("host:1", Duration.ofMillis(1)).get()).isNull();
    assertThat(polls.isWaiting("host:1")).isFalse();
  }

  @Test
  void ofTwoRequestsOfANodeTheLaterGetsTheBatch() throws Exception {
    var first = polls.await("host:1", LONG);
    var second = polls.await("host:1", LONG);

    assertThat(polls.send("host:1", dispatch).get().rejected()).isEmpty();
    assertThat(first.get()).isNull();
    assertThat(second.get()).isEqualTo(dispatch);
  }
}
