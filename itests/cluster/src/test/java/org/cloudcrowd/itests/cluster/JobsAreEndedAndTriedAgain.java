package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.client.ServerProblemException;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.job.UnitView.AttemptView;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobsAreEndedAndTriedAgain {
  @RegisterExtension private final Crowd crowd = new Crowd();
  private CrowdClient client;
  private Path folder;
  private Path go;
  private Path ledger;

  @BeforeAll
  void start() throws Exception {
    crowd.configure("org.cloudcrowd.node.cfg", "heartbeat_seconds", "1");
    client = crowd.up("--max-workers", "2").client();
  }

  @BeforeEach
  void makeFolder() throws Exception {
    folder = Files.createTempDirectory(crowd.folder(), "test");
    go = folder.resolve("go");
    ledger = folder.resolve("ledger");
  }

  private Map<String, Object> waiting() {
    return Map.of("ledger", ledger.toString(), "await", go.toString(), "value", 1);
  }

  private static JobRequest with(
      JobRequest job, Integer priority, Integer attempts, Double backoff, Double timeout) {
    return job.copy()
        .priority(priority)
        .maxAttempts(attempts)
        .backoff(backoff)
        .timeout(timeout)
        .build();
  }

  private static long onlyUnit(CrowdClient client, long job) throws Exception {
    return client.units(job, 10, null).units().stream()
        .filter(unit -> unit.input().isObject())
        .findFirst()
        .orElseThrow()
        .id();
  }

  @Test
  void aCancelledJobsWorkersEndWithinSeconds() throws Exception {
    var job = client.submit(Orders.probe(List.of(waiting(), waiting(), waiting())));
    await().atMost(30, TimeUnit.SECONDS).until(() -> Orders.ledger(ledger).size() == 2);
    var running =
        Orders.ledger(ledger).stream()
            .map(line -> ProcessHandle.of(line[2]).orElseThrow())
            .toList();

    assertThat(client.cancel(job.id()).status()).isEqualTo(Status.CANCELLED);

    await()
        .atMost(5, TimeUnit.SECONDS)
        .until(() -> running.stream().noneMatch(ProcessHandle::isAlive));
    Files.createFile(go);
    var other = client.submit(Orders.probe(List.of(waiting())));
    assertThat(Orders.await(client, other).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(client.job(job.id()).status()).isEqualTo(Status.CANCELLED);
    assertThat(Orders.ledger(ledger)).hasSize(3);
    assertThatThrownBy(() -> client.cancel(job.id()))
        .isInstanceOf(ServerProblemException.class)
        .hasMessageContaining("cannot change from CANCELLED to CANCELLED");
  }

  @Test
  void aDeletedJobsWorkersEndAndLeaveNoFiles() throws Exception {
    var job = client.submit(Orders.probe(List.of(waiting())));
    await().atMost(30, TimeUnit.SECONDS).until(() -> Orders.ledger(ledger).size() == 1);
    var worker = ProcessHandle.of(Orders.ledger(ledger).get(0)[2]).orElseThrow();

    client.delete(job.id());

    await().atMost(5, TimeUnit.SECONDS).until(() -> !worker.isAlive());
    await()
        .atMost(5, TimeUnit.SECONDS)
        .until(() -> isEmpty(crowd.conf().resolve("data/node/work")));
  }

  private static boolean isEmpty(Path directory) throws Exception {
    try (var files = Files.walk(directory)) {
      return files.noneMatch(Files::isRegularFile);
    }
  }

  @Test
  void aFailedJobIsRetriedAndItsUnitKeepsItsHistory() throws Exception {
    var job =
        client.submit(
            with(
                Orders.probe(List.of(Map.of("need", go.toString(), "value", 7))),
                null,
                2,
                0.0,
                null));
    assertThat(Orders.await(client, job).status()).isEqualTo(Status.FAILED);

    Files.createFile(go);
    client.retry(job.id());

    assertThat(Orders.await(client, job).outputs().get(0).get(0).asInt()).isEqualTo(7);
    var history = client.unit(onlyUnit(client, job.id())).history();
    assertThat(history)
        .extracting(AttemptView::outcome)
        .containsExactly("failed", "failed", "succeeded");
    assertThat(history.get(0).message()).isEqualTo("there is no " + go);
    assertThat(history.get(0).node()).isEqualTo(client.nodes().get(0).host());
    assertThat(history.get(0).worker()).isPositive();
    assertThat(Instant.parse(history.get(0).endedAt()))
        .isAfterOrEqualTo(Instant.parse(history.get(0).startedAt()));
  }

  @Test
  void anAttemptPastItsTimeoutIsKilledWithAllThatItStarted() throws Exception {
    var pid = folder.resolve("pid");
    var job =
        client.submit(
            with(
                Orders.probe(List.of(Map.of("spawn", pid.toString(), "await", go.toString()))),
                null,
                1,
                null,
                1.5));

    var failed = Orders.await(client, job);

    assertThat(failed.failures().get(0).message())
        .isEqualTo("took longer than its timeout of 1.5 s");
    assertThat(client.unit(onlyUnit(client, job.id())).history())
        .extracting(AttemptView::outcome)
        .containsExactly("timed_out");
    long child = Long.parseLong(Files.readString(pid).strip());
    await()
        .atMost(5, TimeUnit.SECONDS)
        .until(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void eachEndOfAWorkerHasItsReason() throws Exception {
    assertEnd(
        client, Map.of("exit", 7), "worker_died", "the worker ended with exit code 7: last words");
    assertEnd(client, Map.of("allocate", true), "out_of_memory", "ran out of memory");
    // A JVM ends itself by SIGABRT when it has a segmentation fault.
    assertEnd(client, Map.of("signal", "SEGV"), "worker_died", "was killed by signal 6");
    assertEnd(client, Map.of("signal", "KILL"), "worker_died", "was killed by signal 9");
  }

  @Test
  void aProgramThatTakesTooMuchMemoryIsKilledWithItsWorker() throws Exception {
    var pid = folder.resolve("pid");
    // It reads without an end, and keeps what it read: tail knows no line in zeros.
    var glutton = "echo $$ > " + pid + "; exec tail -n 1 /dev/zero";

    var other = new Crowd();
    other.open();
    try {
      other.configure("org.cloudcrowd.node.cfg", "worker.max_memory_megabytes", "400");
      assertEnd(
          other.up("--max-workers", "1").client(),
          Map.of("run", List.of("sh", "-c", glutton)),
          "out_of_memory",
          "MiB of memory, more than worker.max_memory_megabytes 400");

      long program = Long.parseLong(Files.readString(pid).strip());
      await()
          .atMost(5, TimeUnit.SECONDS)
          .until(() -> ProcessHandle.of(program).filter(ProcessHandle::isAlive).isEmpty());
    } finally {
      other.close();
    }
  }

  private static void assertEnd(
      CrowdClient client, Map<String, Object> order, String outcome, String message)
      throws Exception {
    var job = client.submit(with(Orders.probe(List.of(order)), null, 1, null, null));
    assertThat(Orders.await(client, job).status()).as(outcome).isEqualTo(Status.FAILED);
    var history = client.unit(onlyUnit(client, job.id())).history();
    assertThat(history).hasSize(1);
    assertThat(history.get(0).outcome()).isEqualTo(outcome);
    assertThat(history.get(0).message()).contains(message);
  }

  @Test
  void theSameKeyMakesOneJob() throws Exception {
    Files.createFile(go);
    var request = Orders.probe(List.of(waiting()));
    int before = jobs();

    var first = client.submit(request, "key-1");
    var second = client.submit(request, "key-1");

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(jobs()).isEqualTo(before + 1);
    assertThatThrownBy(() -> client.submit(Orders.probe(List.of()), "key-1"))
        .isInstanceOf(ServerProblemException.class)
        .hasMessageContaining("the key was used before, for another request: job " + first.id());
  }

  @Test
  void wishesThatCannotBeMetAreRefusedWithTheirField() throws Exception {
    var probe = Orders.probe(List.of());
    int before = jobs();
    for (var wrong :
        List.of(
            with(probe, 1001, null, null, null),
            with(probe, null, 0, null, null),
            with(probe, null, null, -1.0, null),
            with(probe, null, null, null, 0.0))) {
      assertThatThrownBy(() -> client.submit(wrong))
          .isInstanceOf(ServerProblemException.class)
          .hasMessageContaining("must be from");
    }
    assertThat(jobs()).isEqualTo(before);
  }

  private int jobs() throws Exception {
    return client.jobs(100, null).jobs().size();
  }
}
