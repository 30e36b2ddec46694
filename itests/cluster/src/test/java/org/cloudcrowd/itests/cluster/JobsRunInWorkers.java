package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.protocol.job.Status;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

@Order(3)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobsRunInWorkers {
  @RegisterExtension private final Crowd crowd = new Crowd("word-count");
  private Crowd.Running up;
  private CrowdClient client;
  private Path folder;

  @BeforeAll
  void start() throws Exception {
    up = crowd.up("--max-workers", "2");
    client = up.client();
  }

  @BeforeEach
  void makeFolder() throws Exception {
    folder = Files.createTempDirectory(crowd.folder(), "test");
  }

  @Test
  @Tag("quick")
  void theDemosJobCountsAsWcDoes() throws Exception {
    var files = new ArrayList<String>();
    for (int i = 0; i < 20; i++) {
      var text = "word ".repeat(i) + "\n\tand é ünïcode\u00a0text\n";
      files.add(Files.writeString(folder.resolve("text " + i + ".txt"), text).toString());
    }
    var shared = Path.of("../../../shared/data/shakespeare");
    if (Files.isDirectory(shared)) {
      try (var texts = Files.list(shared)) {
        texts.map(Path::toString).forEach(files::add);
      }
    }

    var arguments = new ArrayList<>(List.of("submit", "word_count"));
    arguments.addAll(files);
    arguments.addAll(List.of("--wait", "--server", up.url().toString()));
    var ended = crowd.run(arguments.toArray(String[]::new));

    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out().lines().reduce((first, last) -> last)).contains(wc(files));
  }

  @Test
  void aTerminalSeesTheProgress() throws Exception {
    var command =
        crowd.commandLine(
            "submit",
            "word_count",
            crowd.conf() + "/etc/org.cloudcrowd.node.cfg",
            "--wait",
            "--server",
            up.url().toString());

    // The program script gives the command a terminal of its own.
    var process =
        new ProcessBuilder("script", "-qec", command, "/dev/null")
            .redirectErrorStream(true)
            .start();
    var seen =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(seen).containsPattern("job \\d+").contains("100%", ": word_count succeeded");
  }

  private static String wc(List<String> files) throws Exception {
    var command = new ArrayList<>(List.of("wc", "-w"));
    command.addAll(files);
    var process = new ProcessBuilder(command).start();
    var last =
        process
            .inputReader(StandardCharsets.UTF_8)
            .lines()
            .reduce((first, second) -> second)
            .orElseThrow();
    return last.strip().split(" ", -1)[0];
  }

  @Test
  void workersAreChildrenOfTheNodeAndTheServerRunsNoActionCode() throws Exception {
    var go = folder.resolve("go");
    var ledger = folder.resolve("ledger");
    var order =
        Map.<String, Object>of("ledger", ledger.toString(), "await", go.toString(), "value", 1);
    var job = client.submit(Orders.probe(List.of(order, order)));
    await().atMost(30, TimeUnit.SECONDS).until(() -> Orders.ledger(ledger).size() == 2);

    var running = Orders.ledger(ledger).stream().map(line -> line[2]).toList();
    assertThat(up.workers()).extracting(ProcessHandle::pid).containsAll(running);
    assertThat(up.workers())
        .filteredOn(worker -> running.contains(worker.pid()))
        .allSatisfy(worker -> assertThat(Crowd.Running.commandLine(worker)).endsWith(" probe"));
    assertThat(loadedClasses(up.pid()))
        .contains("org.cloudcrowd.node")
        .doesNotContain("itests.probe.Probe");

    Files.createFile(go);
    assertThat(Orders.await(client, job).status()).isEqualTo(Status.SUCCEEDED);
  }

  private static String loadedClasses(long pid) throws Exception {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var process = new ProcessBuilder(jcmd, Long.toString(pid), "VM.class_hierarchy").start();
    return new String(
        process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  void aJobOfEveryStageKeepsTheOrderOfItsInputs() throws Exception {
    var orders = IntStream.range(0, 300).mapToObj(i -> Map.<String, Object>of("value", i)).toList();

    var job = Orders.await(client, client.submit(Orders.probe(orders)));

    assertThat(job.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(job.percentComplete()).isEqualTo(100);
    assertThat(job.outputs()).hasSize(1);
    assertThat(job.outputs().get(0)).hasSize(300);
    assertThat(job.outputs().get(0).get(299).asInt()).isEqualTo(299);
    assertThat(client.units(job.id(), 1000, null).units()).hasSize(301);
  }

  @Test
  void anEmptySplitSucceedsAndDeletingAJobDeletesItsFiles() throws Exception {
    assertThat(Orders.await(client, client.submit(Orders.probe(List.of()))).outputs().get(0))
        .isEmpty();
    var saving = client.submit(Orders.probe(List.of(Map.of("save", "kept"))));
    var saved = Orders.await(client, saving).outputs().get(0).get(0).asText();
    assertThat(Path.of(java.net.URI.create(saved))).hasContent("kept");

    client.delete(saving.id());

    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> Files.notExists(Path.of(java.net.URI.create(saved))));
  }

  @Test
  void aFailingActionFailsWithItsMessageAfterExactlyTheConfiguredAttempts() throws Exception {
    var ledger = folder.resolve("ledger");
    var job =
        client.submit(
            Orders.probe(
                List.of(
                    Map.of("ledger", ledger.toString(), "fail", "no such page"),
                    Map.of("value", 1))));

    var failed = Orders.await(client, job);

    assertThat(failed.status()).isEqualTo(Status.FAILED);
    assertThat(Orders.ledger(ledger)).extracting(line -> line[1]).containsExactly(1L, 2L, 3L);
    assertThat(failed.failures()).hasSize(1);
    assertThat(failed.failures().get(0).message()).isEqualTo("no such page");
    assertThat(failed.failures().get(0).attempts()).isEqualTo(3);
    assertThat(failed.outputs().get(0).asText()).isEqualTo("no such page");
    assertThat(failed.outputs().get(1).asInt()).isEqualTo(1);
  }

  @Test
  void theNumberOfAttemptsIsConfigured() throws Exception {
    var other = new Crowd();
    other.open();
    try {
      other.configure("org.cloudcrowd.server.cfg", "max_attempts", "1");
      var once = other.up().client();
      var ledger = folder.resolve("ledger");
      var job =
          once.submit(Orders.probe(List.of(Map.of("ledger", ledger.toString(), "fail", "no"))));

      assertThat(Orders.await(once, job).failures().get(0).attempts()).isEqualTo(1);
      assertThat(Orders.ledger(ledger)).hasSize(1);
    } finally {
      other.close();
    }
  }

  @Test
  void aWorkerThatEndsItselfFailsItsAttemptWithTheReason() throws Exception {
    var order = Orders.probe(List.of(Map.of("exit", 7))).copy().maxAttempts(1).build();

    var job = Orders.await(client, client.submit(order));

    assertThat(job.failures().get(0).message())
        .isEqualTo("the worker ended with exit code 7: last words");
  }

  @Test
  void anInputThatCannotBeReadFailsItsUnitWithTheReason() throws Exception {

    var ended =
        crowd.run(
            "submit",
            "word_count",
            "file:///no/such/file",
            "--wait",
            "--server",
            up.url().toString());

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out())
        .contains("failed after 3 attempt(s)")
        .contains("cannot fetch file:///no/such/file: there is no such file");
  }

  @Test
  void anActionDroppedIntoTheFolderIsOfferedWithoutARestart() throws Exception {
    var bundle = crowd.conf().resolve("actions/probe.jar");
    var aside = Files.move(bundle, folder.resolve("probe.jar"));
    await().atMost(20, TimeUnit.SECONDS).until(() -> offered().equals(List.of("word_count")));

    Files.move(aside, bundle);

    await().atMost(20, TimeUnit.SECONDS).until(() -> offered().contains("probe"));
    var job = client.submit(Orders.probe(List.of(Map.of("value", 5))));
    assertThat(Orders.await(client, job).outputs().get(0).get(0).asInt()).isEqualTo(5);
  }

  private List<String> offered() throws Exception {
    return client.status().nodes().get(0).actions();
  }
}
