package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.job.UnitView;
import org.cloudcrowd.protocol.job.UnitView.AttemptView;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Units that take longer than {@code unit_seconds}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RubyWorkersTakeTheirTime {
  private static final int NO_CONTENT = 204;
  private static final int NOT_FOUND = 404;

  @RegisterExtension private final Crowd crowd = new Crowd();
  private Crowd.Running server;
  private CrowdClient client;

  @BeforeAll
  void start() throws Exception {
    crowd.configure("org.cloudcrowd.server.cfg", "lease_seconds", "3");
    crowd.configure("org.cloudcrowd.ruby.cfg", "unit_seconds", "4");
    server = crowd.start("server", "-p", "0");
    client = server.client();
  }

  @Test
  void theResultOfAnEarlierWorkerCountsAndWhoGaveItUpSaysSo() throws Exception {
    try (var slow = new RubyNode(server.url(), 1)) {
      slow.hold();
      assertThat(slow.checkIn("slow")).isEqualTo(NO_CONTENT);
      var job = client.submit(RubyNode.job("slow", List.of(Map.of("value", 7))));
      await().atMost(20, TimeUnit.SECONDS).until(() -> slow.running().size() == 1);
      int worker = slow.running().values().iterator().next();

      await().atMost(30, TimeUnit.SECONDS).until(() -> !unit(job).history().isEmpty());

      var first = unit(job).history().get(0);
      assertThat(first.outcome()).isEqualTo("handed_back");
      assertThat(first.message())
          .isEqualTo(
              "Ruby node "
                  + slow.name()
                  + " had the work unit for longer than unit_seconds allows (4 s); worker "
                  + worker
                  + " may still run it, and its result counts if it comes first");
      slow.letGo();
      var ended = Orders.await(client, job);
      assertThat(ended.status()).isEqualTo(Status.SUCCEEDED);
      assertThat(ended.outputs().get(0).asInt()).isEqualTo(7);
      slow.awaitCounted(1);
      var history = unit(job).history();
      assertThat(history.get(history.size() - 1).worker()).isEqualTo(worker);
    }
  }

  @Test
  void whatAnEarlierWorkerFailedAtIsLeftToTheLater() throws Exception {
    try (var node = new RubyNode(server.url(), 2)) {
      node.hold();
      node.checkIn("failing");
      var job = client.submit(RubyNode.job("failing", List.of(Map.of("value", 7))));
      await().atMost(20, TimeUnit.SECONDS).until(() -> node.running().size() == 1);
      var first = node.running().entrySet().iterator().next();
      // The second attempt is with the same node, whose worker has another process id.
      await()
          .atMost(40, TimeUnit.SECONDS)
          .until(() -> !node.running().get(first.getKey()).equals(first.getValue()));

      var failed =
          Map.of(
              "pid", first.getValue().toString(),
              "time", "1",
              "status", "failed",
              "output", "{\"output\":\"no\"}");
      assertThat(node.put("work/" + first.getKey(), failed)).isEqualTo(NOT_FOUND);
      node.letGo();

      assertThat(Orders.await(client, job).status()).isEqualTo(Status.SUCCEEDED);
      assertThat(unit(job).history()).extracting(AttemptView::outcome).doesNotContain("failed");
    }
  }

  private UnitView unit(JobView job) throws Exception {
    return client.unit(client.units(job.id(), 1, null).units().get(0).id());
  }
}
