package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.itests.cluster.faults.FaultyProxy;
import org.cloudcrowd.itests.cluster.faults.Ports;
import org.cloudcrowd.protocol.server.NodeView;
import org.cloudcrowd.protocol.server.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NodesTakeOnlyWhatTheyCan {
  @RegisterExtension final Crowd crowd = new Crowd();
  private Path go;
  private Path ledger;
  private Crowd.Running server;
  private CrowdClient client;

  @BeforeEach
  void start() throws Exception {
    go = crowd.folder().resolve("go");
    ledger = crowd.folder().resolve("ledger");
    server = crowd.start("server", "-p", "0");
    client = server.client();
  }

  private void awaitRunning(int units) {
    await().atMost(30, TimeUnit.SECONDS).until(() -> Orders.ledger(ledger).size() >= units);
  }

  /** P12. */
  @Test
  void aStoppedNodeEndsWhatRunsAndNothingRunsTwice() throws Exception {
    crowd.configure("org.cloudcrowd.node.cfg", "drain_seconds", "30");
    var first = crowd.node("first", server);
    var job = client.submit(Orders.waiting(6, ledger, go));
    awaitRunning(2);
    first.terminate();
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> "the node is stopping".equals(client.nodes().get(0).reason()));

    crowd.node("second", server);
    awaitRunning(4);
    Files.createFile(go);

    assertThat(Orders.await(client, job).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(first.awaitExit(10)).isTrue();
    assertThat(Orders.ledger(ledger)).hasSize(6);
  }

  @Test
  void aDrainedNodeGetsNothingUntilItIsResumed() throws Exception {
    crowd.node("only", server);
    var name = client.nodes().get(0).host();

    assertThat(client.drain(name).reason()).contains("drained");
    Files.createFile(go);
    var job = client.submit(Orders.waiting(1, ledger, go));
    await()
        .during(2, TimeUnit.SECONDS)
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> !client.job(job.id()).status().isComplete());
    assertThat(client.nodes().get(0).status()).isEqualTo("busy");

    assertThat(client.resume(name).reason()).isNull();
    assertThat(Orders.await(client, job).status()).isEqualTo(Status.SUCCEEDED);
  }

  @Test
  void aNodeThatTheServerCannotReachAsksForItsWork() throws Exception {
    var node = crowd.node("hidden", server, "--name", "127.0.0.1:1");
    Files.createFile(go);

    var job = Orders.await(client, client.submit(Orders.waiting(50, ledger, go)));

    assertThat(Orders.sum(job)).isEqualTo(Orders.sumOf(50));
    assertThat(client.nodes().get(0).connection()).startsWith("pull: no answer from 127.0.0.1:1");
    assertThat(crowd.folder().resolve("hidden/log/crowd.log"))
        .content()
        .contains("This node asks for its work itself, because no answer from 127.0.0.1:1");
    assertThat(node.stop()).isTrue();
  }

  @Test
  void aNodeWhereUnitsFailThatSucceedElsewhereIsSetAside() throws Exception {
    var healthy = crowd.node("healthy", server, "--tag", "healthy");
    var broken = crowd.node("broken", server, "--tag", "broken");
    Files.createFile(go);

    // How many units a node gets of a job is left to chance; no job fails meanwhile.
    await()
        .atMost(60, TimeUnit.SECONDS)
        .until(
            () -> {
              var job = client.submit(Orders.failingIn(crowd.folder().resolve("broken"), 12));
              assertThat(Orders.await(client, job).status()).isEqualTo(Status.SUCCEEDED);
              return "busy".equals(broken().status());
            });
    var node = broken();
    assertThat(node.reason())
        .startsWith("set aside until ")
        .endsWith("3 work units failed here and succeeded elsewhere, the last with: bad disk");
    assertThat(client.resume(node.host()).reason()).isNull();
    assertThat(healthy.stop() && broken.stop()).isTrue();
  }

  private NodeView broken() throws Exception {
    return client.nodes().stream()
        .filter(node -> "broken".equals(node.tag()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anActionsLimitHoldsInTheWholeCluster() throws Exception {
    Files.copy(
        crowd.conf().resolve("etc/org.cloudcrowd.action-example.cfg"),
        crowd.conf().resolve("etc/org.cloudcrowd.action-probe.cfg"));
    crowd.configure("org.cloudcrowd.action-probe.cfg", "name", "probe");
    crowd.configure("org.cloudcrowd.action-probe.cfg", "max_running", "3");
    crowd.node("first", server);
    crowd.node("second", server);
    // The file is taken up while the server runs.
    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(
            () ->
                Files.readString(crowd.conf().resolve("data/log/crowd.log"))
                    .contains("At most 3 work units of probe run at once"));

    var job = client.submit(Orders.waiting(8, ledger, go));
    awaitRunning(3);
    await()
        .during(2, TimeUnit.SECONDS)
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> Orders.ledger(ledger).size() == 3);
    Files.createFile(go);

    assertThat(Orders.sum(Orders.await(client, job))).isEqualTo(Orders.sumOf(8));
  }

  @Test
  void aNodeThatIsToBeSentItsWorkGetsItOnceItCanBeReached() throws Exception {
    int port = Ports.free();
    try (var wall = new FaultyProxy(port)) {
      wall.change(FaultyProxy.Weather.CUT);
      crowd.configure("org.cloudcrowd.node.cfg", "connection", "push");
      crowd.start(
          "node",
          "--node-port",
          Integer.toString(port),
          "--name",
          "127.0.0.1:" + wall.port(),
          "--server",
          server.url().toString(),
          "--data",
          crowd.folder().resolve("walled").toString());
      Files.createFile(go);
      var job = client.submit(Orders.waiting(5, ledger, go));
      assertThat(client.nodes().get(0).connection()).contains("no answer from 127.0.0.1");

      wall.change(FaultyProxy.Weather.FAIR);

      assertThat(Orders.sum(Orders.await(client, job))).isEqualTo(Orders.sumOf(5));
      assertThat(client.nodes().get(0).connection()).isEqualTo("push");
    }
  }

  @Test
  void aNodeMayBeToldToAskForItsWork() throws Exception {
    crowd.configure("org.cloudcrowd.node.cfg", "connection", "pull");
    crowd.node("asking", server);
    Files.createFile(go);

    var job = Orders.await(client, client.submit(Orders.waiting(5, ledger, go)));

    assertThat(Orders.sum(job)).isEqualTo(Orders.sumOf(5));
    assertThat(client.nodes().get(0).connection()).isEqualTo("pull: it is configured so");
  }

  @Test
  void anOverloadedNodeTakesNothingAndSaysWhy() throws Exception {
    crowd.configure("org.cloudcrowd.node.cfg", "min_free_memory", "1073741824");
    crowd.node("full", server);
    Files.createFile(go);
    var job = client.submit(Orders.waiting(1, ledger, go));

    assertThat(client.nodes().get(0).reason()).contains("less than min_free_memory 1073741824");
    await()
        .during(2, TimeUnit.SECONDS)
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> !client.job(job.id()).status().isComplete());
    crowd.configure("org.cloudcrowd.node.cfg", "min_free_memory", "0");

    assertThat(Orders.await(client, job).status()).isEqualTo(Status.SUCCEEDED);
  }
}
