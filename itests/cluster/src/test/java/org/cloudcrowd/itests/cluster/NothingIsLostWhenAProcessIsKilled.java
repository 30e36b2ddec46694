package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.protocol.job.JobRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NothingIsLostWhenAProcessIsKilled {
  private static final int UNITS = 12;

  @RegisterExtension final Crowd crowd = new Crowd();
  private Path go;
  private Path ledger;

  @BeforeEach
  void files() {
    go = crowd.folder().resolve("go");
    ledger = crowd.folder().resolve("ledger");
  }

  private JobRequest waiting() {
    return Orders.waiting(UNITS, ledger, go);
  }

  private void awaitRunning(int units) {
    await().atMost(30, TimeUnit.SECONDS).until(() -> Orders.ledger(ledger).size() >= units);
  }

  @Test
  void aKilledWorkersUnitRunsAgain() throws Exception {
    var up = crowd.up("--max-workers", "2");
    var job = up.client().submit(waiting());
    awaitRunning(2);
    long victim = Orders.ledger(ledger).get(0)[2];

    ProcessHandle.of(victim).orElseThrow().destroyForcibly();

    awaitRunning(3);
    Files.createFile(go);
    assertThat(Orders.sum(Orders.await(up.client(), job))).isEqualTo(Orders.sumOf(UNITS));
    assertThat(Orders.ledger(ledger)).hasSize(UNITS + 1);
  }

  @Test
  void aKilledServerFindsItsJobsAgain() throws Exception {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    var server = crowd.start("server", "-p", Integer.toString(port));
    var node = crowd.node("node", server);
    var job = server.client().submit(waiting());
    awaitRunning(2);

    server.kill();
    Files.createFile(go);
    var again = crowd.start("server", "-p", Integer.toString(port));

    assertThat(Orders.sum(Orders.await(again.client(), job))).isEqualTo(Orders.sumOf(UNITS));
    // The node outlived the server: what it ran meanwhile counted.
    assertThat(Orders.ledger(ledger)).hasSize(UNITS);
    assertThat(node.stop()).isTrue();
  }

  @Test
  void aKilledContainerLeavesNoWorkerAndItsUnitsRunAgain() throws Exception {
    crowd.configure("org.cloudcrowd.server.cfg", "lease_seconds", "4");
    crowd.configure("org.cloudcrowd.node.cfg", "heartbeat_seconds", "1");
    var up = crowd.up("--max-workers", "2");
    var job = up.client().submit(waiting());
    awaitRunning(2);
    var workers = up.workers();
    assertThat(workers).isNotEmpty();

    up.kill();
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> workers.stream().noneMatch(ProcessHandle::isAlive));
    Files.createFile(go);
    var again = crowd.up("--max-workers", "2");

    assertThat(Orders.sum(Orders.await(again.client(), job))).isEqualTo(Orders.sumOf(UNITS));
    assertThat(Orders.ledger(ledger)).hasSize(UNITS + 2);
  }

  @Test
  void aKilledNodesUnitsRunOnAnother() throws Exception {
    crowd.configure("org.cloudcrowd.server.cfg", "lease_seconds", "4");
    crowd.configure("org.cloudcrowd.node.cfg", "heartbeat_seconds", "1");
    var server = crowd.start("server", "-p", "0");
    var first = crowd.node("first", server);
    var job = server.client().submit(waiting());
    awaitRunning(2);

    first.kill();
    Files.createFile(go);
    crowd.node("second", server);

    assertThat(Orders.sum(Orders.await(server.client(), job))).isEqualTo(Orders.sumOf(UNITS));
    assertThat(server.client().status().nodes()).hasSize(1);
  }

  @Test
  void aStoppedNodeGivesItsUnitsBackAtOnce() throws Exception {
    var server = crowd.start("server", "-p", "0");
    var first = crowd.node("first", server);
    var job = server.client().submit(waiting());
    awaitRunning(2);

    assertThat(first.stop()).isTrue();

    assertThat(server.client().status().nodes()).isEmpty();
    Files.createFile(go);
    crowd.node("second", server);
    assertThat(Orders.sum(Orders.await(server.client(), job))).isEqualTo(Orders.sumOf(UNITS));
    assertThat(List.copyOf(Orders.ledger(ledger))).hasSize(UNITS + 2);
  }
}
