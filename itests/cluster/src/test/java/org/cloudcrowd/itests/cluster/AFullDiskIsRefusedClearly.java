package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.client.ServerProblemException;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** P13: real processes on a small file system. */
class AFullDiskIsRefusedClearly {
  private static final int UNITS = 4;

  @RegisterExtension final Crowd crowd = new Crowd();
  private Path go;
  private Path ledger;
  private SmallDisk disk;

  @BeforeEach
  void disk() throws Exception {
    go = crowd.folder().resolve("go");
    ledger = crowd.folder().resolve("ledger");
    disk = new SmallDisk(crowd.folder().resolve("disk"), 160);
    crowd.configure("org.cloudcrowd.node.cfg", "heartbeat_seconds", "1");
  }

  private JobView twoRunOf(CrowdClient client) throws Exception {
    var job = client.submit(Orders.waiting(UNITS, ledger, go));
    await().atMost(60, TimeUnit.SECONDS).until(() -> Orders.ledger(ledger).size() == 2);
    return job;
  }

  @Test
  void aServerWithLittleRoomTakesNoMoreJobsAndEndsThoseItHas() throws Exception {
    crowd.around(disk.program());
    var server =
        crowd.start("server", "-p", "0", "--data", disk.directory().resolve("data").toString());
    crowd.around(List.of());
    disk.seenBy(server);
    crowd.node("node", server);
    var client = server.client();
    var job = twoRunOf(client);

    disk.fillUpTo(50);

    assertThatThrownBy(() -> client.submit(Orders.probe(List.of())))
        .isInstanceOfSatisfying(
            ServerProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(507))
        .hasMessageContaining("MiB are free on the disk of the database")
        .hasMessageContaining("less than min_free_disk 100");
    assertThat(client.jobs(10, null).jobs()).hasSize(1);
    Files.createFile(go);
    assertThat(Orders.sum(Orders.await(client, job))).isEqualTo(Orders.sumOf(UNITS));

    disk.makeRoom();
    var later = client.submit(Orders.probe(List.of(Map.of("value", 1))));
    assertThat(Orders.await(client, later).status()).isEqualTo(Status.SUCCEEDED);
  }

  @Test
  void aServerWhoseDiskWasFullGoesOnWhenThereIsRoom() throws Exception {
    crowd.configure("org.cloudcrowd.store.cfg", "min_free_disk", "0");
    crowd.configure("org.cloudcrowd.store.cfg", "connection_timeout_seconds", "2");
    crowd.around(disk.program());
    var server =
        crowd.start("server", "-p", "0", "--data", disk.directory().resolve("data").toString());
    crowd.around(List.of());
    disk.seenBy(server);
    crowd.node("node", server);
    var client = server.client();
    var job = twoRunOf(client);

    disk.fill();

    var large = Orders.probe(List.of(Map.of("value", "x".repeat(1 << 20))));
    assertThatThrownBy(
            () -> {
              // What it still had room for is taken, and kept.
              for (int i = 0; i < 100; i++) {
                client.submit(large);
              }
            })
        .isInstanceOfSatisfying(
            ServerProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(503))
        .hasMessageContaining("nothing was changed");
    // Derby shuts it down where its log cannot grow, which not every write needs; then it opens it
    // on the full disk for reading alone.
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(
            () -> {
              disk.fill();
              submitRefused(client, large);
              return isRefused(client) && server.errors().contains("it can only be read");
            });

    disk.makeRoom();
    Files.createFile(go);

    await()
        .atMost(60, TimeUnit.SECONDS)
        .ignoreException(ServerProblemException.class)
        .until(
            () ->
                client.jobs(1000, null).jobs().stream().allMatch(one -> one.status().isComplete()));
    assertThat(Orders.sum(client.job(job.id()))).isEqualTo(Orders.sumOf(UNITS));
    assertThat(server.errors()).doesNotContain("java.sql");
  }

  private static void submitRefused(CrowdClient client, JobRequest large) throws Exception {
    try {
      client.submit(large);
    } catch (ServerProblemException e) {
      assertThat(e.problem().status()).isEqualTo(503);
    }
  }

  private static boolean isRefused(CrowdClient client) throws Exception {
    try {
      client.jobs(1, null);
      return false;
    } catch (ServerProblemException e) {
      return e.problem().status() == 503;
    }
  }

  @Test
  void aNodeWithLittleRoomTakesNothingAndSaysWhy() throws Exception {
    var server = crowd.start("server", "-p", "0");
    crowd.around(disk.program());
    var small =
        crowd.start(
            "node",
            "--node-port",
            "0",
            "--server",
            server.url().toString(),
            "--max-workers",
            "2",
            "--data",
            disk.directory().resolve("node").toString());
    crowd.around(List.of());
    disk.seenBy(small);
    var client = server.client();
    var job = twoRunOf(client);

    disk.fillUpTo(50);

    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> String.valueOf(client.nodes().get(0).reason()).contains("min_free_disk 100"));
    assertThat(client.nodes().get(0).reason()).contains("MiB are free on the node's disk");
    Files.createFile(go);
    crowd.node("other", server);
    assertThat(Orders.sum(Orders.await(client, job))).isEqualTo(Orders.sumOf(UNITS));

    disk.makeRoom();

    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> client.nodes().stream().allMatch(node -> node.reason() == null));
  }
}
