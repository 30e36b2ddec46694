package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.job.UnitView.AttemptView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** P20: a unit that ends its node, as one that takes all memory would. */
class AUnitTakesFewNodesDown {
  private static final int NODES = 4;

  /** Ends the container that its program runs under. */
  private static final String ENDS_ITS_NODE =
      """
      pid=$PPID
      until [ "$(cat /proc/$pid/comm)" = java ]; do pid=$(ps -o ppid= -p $pid | tr -d ' '); done
      kill -9 $pid
      sleep 60
      """;

  @RegisterExtension final Crowd crowd = new Crowd();

  @Test
  void itFailsWithItsHistoryAndNeverRunsTwiceInARowOnANodeThatItEnded() throws Exception {
    crowd.configure("org.cloudcrowd.server.cfg", "lease_seconds", "4");
    crowd.configure("org.cloudcrowd.node.cfg", "heartbeat_seconds", "1");
    DroppedProgram.script("node-killer", ENDS_ITS_NODE)
        .copyTo(crowd.conf().resolve("actions").resolve("node-killer"));
    var server = crowd.start("server", "-p", "0");
    for (int i = 0; i < NODES; i++) {
      crowd.node("node-" + i, server);
    }
    var client = server.client();
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(
            () ->
                client.nodes().stream()
                        .filter(node -> node.actions().contains("node-killer"))
                        .count()
                    == NODES);

    var job =
        Orders.await(
            client,
            client.submit(JobRequest.of("node-killer", List.of(TextNode.valueOf("x")), null)));

    assertThat(job.status()).isEqualTo(Status.FAILED);
    assertThat(job.failures().get(0).message())
        .endsWith(
            "the work unit was lost with its node 3 time(s), as often as max_node_losses allows");
    var attempts = client.unit(client.units(job.id(), 1, null).units().get(0).id()).history();
    assertThat(attempts)
        .extracting(AttemptView::outcome)
        .containsExactly("node_lost", "node_lost", "node_lost");
    assertThat(attempts).extracting(AttemptView::node).doesNotHaveDuplicates();
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> client.nodes().size() == NODES - attempts.size());
  }
}
