package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.itests.cluster.faults.FaultyProxy;
import org.cloudcrowd.itests.cluster.faults.Ports;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.server.NodeView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** One server for all tests, and the nodes of each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodesTakeOnlyWhatTheyCan {
  private static final String NODE = "org.cloudcrowd.node.cfg";
  private static final String PROBE = "org.cloudcrowd.action-probe.cfg";

  @TempDir Path folder;
  @RegisterExtension private final Crowd crowd = new Crowd();
  private Path go;
  private Path ledger;
  private Crowd.Running server;
  private CrowdClient client;
  private String nodeConfiguration;

  @BeforeAll
  void start() throws Exception {
    nodeConfiguration = Files.readString(configuration(NODE));
    server = crowd.start("server", "-p", "0");
    client = server.client();
  }

  @BeforeEach
  void name() {
    go = folder.resolve("go");
    ledger = folder.resolve("ledger");
  }

  @AfterEach
  void clear() throws Exception {
    crowd.stopAllBut(server);
    Files.writeString(configuration(NODE), nodeConfiguration);
    Files.deleteIfExists(configuration(PROBE));
  }

  private Path configuration(String file) {
    return crowd.conf().resolve("etc").resolve(file);
  }

  private void awaitRunning(int units) {
    await().atMost(30, TimeUnit.SECONDS).until(() -> Orders.ledger(ledger).size() >= units);
  }

  /** P12. */
  @Test
  void aStoppedNodeEndsWhatRunsAndNothingRunsTwice() throws Exception {
    crowd.configure(NODE, "drain_seconds", "30");
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
  void aNodeWhereUnitsFailThatSucceedElsewhereIsQuarantined() throws Exception {
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
        .startsWith("quarantined until ")
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
    Files.copy(configuration("org.cloudcrowd.action-example.cfg"), configuration(PROBE));
    crowd.configure(PROBE, "name", "probe");
    crowd.configure(PROBE, "max_running", "3");
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
      crowd.configure(NODE, "connection", "push");
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
    crowd.configure(NODE, "connection", "pull");
    crowd.node("asking", server);
    Files.createFile(go);

    var job = Orders.await(client, client.submit(Orders.waiting(5, ledger, go)));

    assertThat(Orders.sum(job)).isEqualTo(Orders.sumOf(5));
    assertThat(client.nodes().get(0).connection()).isEqualTo("pull: it is configured so");
  }

  @Test
  void anOverloadedNodeTakesNothingAndSaysWhy() throws Exception {
    crowd.configure(NODE, "min_free_memory", "1073741824");
    crowd.node("full", server);
    Files.createFile(go);
    var job = client.submit(Orders.waiting(1, ledger, go));

    assertThat(client.nodes().get(0).reason()).contains("less than min_free_memory 1073741824");
    await()
        .during(2, TimeUnit.SECONDS)
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> !client.job(job.id()).status().isComplete());
    crowd.configure(NODE, "min_free_memory", "0");

    assertThat(Orders.await(client, job).status()).isEqualTo(Status.SUCCEEDED);
  }
}
