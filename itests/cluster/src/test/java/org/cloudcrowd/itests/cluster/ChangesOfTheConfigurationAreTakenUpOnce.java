package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.NullNode;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.Status;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A changed key restarts the components that depend on it together, and each of them once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangesOfTheConfigurationAreTakenUpOnce {
  @RegisterExtension private final Crowd crowd = new Crowd();
  private CrowdClient client;

  @BeforeAll
  void start() throws Exception {
    client = crowd.up().client();
  }

  /** How many lines of the log there were before the change. */
  private long before;

  @BeforeEach
  void countLines() throws Exception {
    before = 0;
    before = log("").size();
  }

  private List<String> log(String text) throws Exception {
    try (var lines = Files.lines(crowd.conf().resolve("data/log/crowd.log"))) {
      return lines.skip(before).filter(line -> line.contains(text)).toList();
    }
  }

  private void nothingWentWrong(JobView job) throws Exception {
    assertThat(Orders.await(client, job).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(log(" ERROR ")).isEmpty();
    assertThat(log(" WARN ")).isEmpty();
  }

  @Test
  void theNodeLeavesAndReturnsOnce() throws Exception {
    crowd.configure("org.cloudcrowd.node.cfg", "tag", "changed");

    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> client.nodes().stream().anyMatch(node -> "changed".equals(node.tag())));
    nothingWentWrong(client.submit(Orders.probe(List.of(Map.of("value", 1)))));
    assertThat(log("has left")).hasSize(1);
    assertThat(log("The server knows this node")).hasSize(1);
  }

  @Test
  void theServerGoesOnWithWhatRuns() throws Exception {
    var running =
        client.submit(
            Orders.probe(
                IntStream.range(0, 60)
                    .<Map<String, Object>>mapToObj(i -> Map.of("value", 1, "pause", 200))
                    .toList()));

    crowd.configure("org.cloudcrowd.server.cfg", "max_inputs", "1");

    var two = JobRequest.of("probe", List.of(NullNode.instance, NullNode.instance), null);
    await()
        .atMost(30, TimeUnit.SECONDS)
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> client.submit(two))
                    .hasMessageContaining("this one has 2"));
    nothingWentWrong(running);
    assertThat(log("has left")).as("the node stays").isEmpty();
  }
}
