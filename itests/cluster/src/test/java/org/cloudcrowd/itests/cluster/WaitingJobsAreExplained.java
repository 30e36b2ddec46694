package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.Status;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WaitingJobsAreExplained {
  @TempDir Path folder;
  @RegisterExtension private final Crowd crowd = new Crowd();
  private Path ledger;
  private Path go;
  private CrowdClient client;
  private Crowd.Running up;
  private String name;

  @BeforeAll
  void start() throws Exception {
    up = crowd.up("--max-workers", "2");
    client = up.client();
    name = client.nodes().get(0).host();
  }

  @BeforeEach
  void name() {
    ledger = folder.resolve("ledger");
    go = folder.resolve("go");
  }

  private static JobRequest quick() {
    return Orders.probe(List.of(Map.of("value", 1)));
  }

  private void assertWhy(JobView job, String... lines) {
    await()
        .atMost(20, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(client.why(job.id()).lines()).containsExactly(lines));
  }

  @Test
  @Order(0)
  void unitsThatAreHeldBackByTheirJobAreTellingSoAndACompleteJobHasNone() throws Exception {
    var limited = client.submit(Orders.waiting(3, ledger, go).copy().maxRunning(1).build());
    await().atMost(30, TimeUnit.SECONDS).until(() -> !Orders.ledger(ledger).isEmpty());
    assertWhy(
        limited,
        "job " + limited.id() + ": processing",
        "1 processing, running: they run",
        "2 processing, throttled: the job's own max_running or max_per_second holds them back");

    Files.createFile(go);
    Orders.await(client, limited);
    assertWhy(limited, "job " + limited.id() + ": succeeded, and nothing of it waits");
  }

  @Test
  @Order(0)
  void aUnitThatFailedWaitsForItsNextAttempt() throws Exception {
    var failing =
        client.submit(Orders.probe(List.of(Map.of("fail", "no"))).copy().backoff(600.0).build());

    await()
        .atMost(20, TimeUnit.SECONDS)
        .untilAsserted(
            () ->
                assertThat(client.why(failing.id()).lines())
                    .last()
                    .asString()
                    .matches(
                        "1 processing, delayed: an attempt failed; the next of the first of them"
                            + " begins at 20\\S+Z"));
  }

  @Test
  @Order(0)
  void theCommandLineSaysTheSame() throws Exception {
    client.addToBlacklist("probe", null);
    var job = client.submit(quick());

    var why = crowd.run("why", Long.toString(job.id()), "--server", up.url().toString());
    assertThat(why.out())
        .isEqualTo(
            "job "
                + job.id()
                + ": splitting\n1 splitting, queued: the action probe is on the blacklist\n");
    assertThat(why.exitCode()).isZero();
    var unknown = crowd.run("why", "4711", "--server", up.url().toString());
    assertThat(unknown.err()).isEqualTo("crowd: there is no job 4711\n");
    assertThat(unknown.exitCode()).isEqualTo(1);
    client.removeFromBlacklist("probe");
  }

  @Test
  @Order(1)
  void aVersionThatNoNodeHasAndALimitOfTheActionAreTold() throws Exception {
    var probe = ActionBundle.of(Path.of(System.getProperty("probe.bundle")));
    probe.withVersion("2.0.0").copyTo(crowd.conf().resolve("actions/probe.jar"));
    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(
            () ->
                client.actions().stream()
                    .anyMatch(
                        offer -> offer.name().equals("probe") && offer.version().equals("2.0.0")));
    var running = client.submit(Orders.waiting(1, ledger, go));
    await().atMost(30, TimeUnit.SECONDS).until(() -> !Orders.ledger(ledger).isEmpty());
    Files.writeString(
        crowd.conf().resolve("etc/org.cloudcrowd.action-probe.cfg"),
        "name = probe\nmax_running = 1\n");
    var log = crowd.conf().resolve("data/log/crowd.log");
    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> Files.readString(log).contains("At most 1 work units of probe run at once"));

    var waiting = client.submit(quick());
    assertWhy(
        waiting,
        "job " + waiting.id() + ": splitting",
        "1 splitting, queued: at most 1 work units of probe may run at once, and as many do");
    Files.createFile(go);
    Orders.await(client, running);

    var old = client.submit(quick().copy().version("[2,3)").build());
    assertThat(Orders.await(client, old).status()).isEqualTo(Status.SUCCEEDED);
    client.drain(name);
    var ranged = client.submit(quick().copy().version("[2,3)").build());
    probe.withVersion("3.1.0").copyTo(crowd.conf().resolve("actions/probe.jar"));
    assertWhy(
        ranged,
        "job " + ranged.id() + ": splitting",
        "1 splitting, queued",
        "  " + name + ": has probe 3.1.0, and the job asks for [2.0.0,3.0.0)");
    client.resume(name);
  }

  /** The last: it takes the cluster apart. */
  @Test
  @Order(2)
  void whatNoNodeTakesWaitsForItsReason() throws Exception {
    client.addToBlacklist("probe", null);
    var job = client.submit(quick());
    assertWhy(
        job,
        "job " + job.id() + ": splitting",
        "1 splitting, queued: the action probe is on the blacklist");

    client.drain(name);
    client.removeFromBlacklist("probe");
    assertWhy(
        job,
        "job " + job.id() + ": splitting",
        "1 splitting, queued",
        "  " + name + ": takes nothing: drained: it takes nothing until it is resumed");

    Files.move(crowd.conf().resolve("actions/probe.jar"), folder.resolve("probe.jar"));
    assertWhy(
        job,
        "job " + job.id() + ": splitting",
        "1 splitting, queued",
        "  " + name + ": the action probe is not installed");

    assertThat(up.stop()).isTrue();
    client = crowd.start("server", "-p", "0").client();
    assertWhy(job, "job " + job.id() + ": splitting", "1 splitting, queued: no node is here");
  }
}
