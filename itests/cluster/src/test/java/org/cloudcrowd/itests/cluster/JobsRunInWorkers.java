package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.cloudcrowd.protocol.server.Status;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Order(3)
class JobsRunInWorkers {
  @RegisterExtension final Crowd crowd = new Crowd("word-count");

  @Test
  void theDemosJobCountsAsWcDoes() throws Exception {
    var up = crowd.up();
    var files = new ArrayList<String>();
    for (int i = 0; i < 20; i++) {
      var text = "word ".repeat(i) + "\n\tand é ünïcode\u00a0text\n";
      files.add(Files.writeString(crowd.folder().resolve("text " + i + ".txt"), text).toString());
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
    var up = crowd.up();
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
    assertThat(seen).contains("job 1", "100%", "job 1: word_count succeeded");
  }

  private static String wc(List<String> files) throws Exception {
    var command = new ArrayList<>(List.of("wc", "-w"));
    command.addAll(files);
    var process = new ProcessBuilder(command).start();
    var last = process.inputReader().lines().reduce((first, second) -> second).orElseThrow();
    return last.strip().split(" ", -1)[0];
  }

  @Test
  void workersAreChildrenOfTheNodeAndTheServerRunsNoActionCode() throws Exception {
    var up = crowd.up("--max-workers", "2");
    var go = crowd.folder().resolve("go");
    var ledger = crowd.folder().resolve("ledger");
    var order =
        Map.<String, Object>of("ledger", ledger.toString(), "await", go.toString(), "value", 1);
    var job = up.client().submit(Orders.probe(List.of(order, order)));
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
    assertThat(Orders.await(up.client(), job).status()).isEqualTo(Status.SUCCEEDED);
  }

  private static String loadedClasses(long pid) throws Exception {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var process = new ProcessBuilder(jcmd, Long.toString(pid), "VM.class_hierarchy").start();
    return new String(
        process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  void aJobOfEveryStageKeepsTheOrderOfItsInputs() throws Exception {
    var up = crowd.up();
    var orders = IntStream.range(0, 300).mapToObj(i -> Map.<String, Object>of("value", i)).toList();

    var job = Orders.await(up.client(), up.client().submit(Orders.probe(orders)));

    assertThat(job.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(job.percentComplete()).isEqualTo(100);
    assertThat(job.outputs()).hasSize(1);
    assertThat(job.outputs().get(0)).hasSize(300);
    assertThat(job.outputs().get(0).get(299).asInt()).isEqualTo(299);
    assertThat(up.client().units(job.id(), 1000, null).units()).hasSize(301);
  }

  @Test
  void anEmptySplitSucceedsAndDeletingAJobDeletesItsFiles() throws Exception {
    var up = crowd.up();
    var client = up.client();
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
    var up = crowd.up();
    var ledger = crowd.folder().resolve("ledger");
    var job =
        up.client()
            .submit(
                Orders.probe(
                    List.of(
                        Map.of("ledger", ledger.toString(), "fail", "no such page"),
                        Map.of("value", 1))));

    var failed = Orders.await(up.client(), job);

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
    crowd.configure("org.cloudcrowd.server.cfg", "work_unit_retries", "1");
    var up = crowd.up();
    var ledger = crowd.folder().resolve("ledger");
    var job =
        up.client()
            .submit(Orders.probe(List.of(Map.of("ledger", ledger.toString(), "fail", "no"))));

    assertThat(Orders.await(up.client(), job).failures().get(0).attempts()).isEqualTo(1);
    assertThat(Orders.ledger(ledger)).hasSize(1);
  }

  @Test
  void aWorkerThatEndsItselfFailsItsAttemptWithTheReason() throws Exception {
    crowd.configure("org.cloudcrowd.server.cfg", "work_unit_retries", "1");
    var up = crowd.up();

    var job =
        Orders.await(up.client(), up.client().submit(Orders.probe(List.of(Map.of("exit", 7)))));

    assertThat(job.failures().get(0).message())
        .isEqualTo("the worker ended with exit code 7: last words");
  }

  @Test
  void anInputThatCannotBeReadFailsItsUnitWithTheReason() throws Exception {
    var up = crowd.up();

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
    var aside = Files.move(bundle, crowd.folder().resolve("probe.jar"));
    var up = crowd.up();
    assertThat(up.client().status().nodes().get(0).actions()).containsExactly("word_count");

    Files.move(aside, bundle);

    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> up.client().status().nodes().get(0).actions().contains("probe"));
    var job = up.client().submit(Orders.probe(List.of(Map.of("value", 5))));
    assertThat(Orders.await(up.client(), job).outputs().get(0).get(0).asInt()).isEqualTo(5);
  }
}
