package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.Status;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** P20, P23: what an action or a program does to its process stays in its attempt. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnAttemptHarmsNothingElse {
  @RegisterExtension private final Crowd crowd = new Crowd();
  private CrowdClient client;
  private Crowd.Running up;

  @BeforeAll
  void start() throws Exception {
    // One worker, so that each unit finds what the one before has left.
    up = crowd.up("--max-workers", "1");
    client = up.client();
  }

  private JobView run(List<Map<String, Object>> orders) throws Exception {
    return Orders.await(client, client.submit(Orders.probe(orders).copy().maxAttempts(1).build()));
  }

  private JobView program(String name, String script, String... lines) throws Exception {
    DroppedProgram.script(name, script, lines)
        .copyTo(crowd.conf().resolve("actions").resolve(name));
    var request =
        JobRequest.of(name, List.of(TextNode.valueOf("x")), null).copy().maxAttempts(1).build();
    return await("a job of " + name)
        .atMost(60, TimeUnit.SECONDS)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> Orders.await(client, client.submit(request)), job -> job != null);
  }

  private void assertTheNextUnitIsRunAsIfItWereTheFirst() throws Exception {
    var job = run(List.of(Map.of("state", true)));
    assertThat(job.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(job.outputs().get(0).get(0).asText()).isEqualTo("false false en false null false");
    var unit = client.units(job.id(), 100, null).units().get(0);
    assertThat(client.log(unit.id(), null)).isEqualTo("heard\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Error",
        "StackOverflowError",
        "LinkageError",
        "ServiceConfigurationError",
        "ThreadDeath",
        "OutOfMemoryError"
      })
  void anErrorFailsItsUnitAndTheWorkerTakesTheNext(String error) throws Exception {
    var failed = run(List.of(Map.of("throw", error)));

    assertThat(failed.status()).isEqualTo(Status.FAILED);
    assertThat(failed.failures().get(0).message()).contains(error);
    assertTheNextUnitIsRunAsIfItWereTheFirst();
  }

  /** What a worker writes while nobody reads it must not be held against its next unit. */
  @Test
  void aWorkerThatHadNothingToDoForLongRunsItsNextUnit() throws Exception {
    run(List.of(Map.of("value", 1)));
    await()
        .during(15, TimeUnit.SECONDS)
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> client.status().workUnitCount() == 0);

    var job = run(List.of(Map.of("value", 2)));

    assertThat(job.status()).as("%s", job.failures()).isEqualTo(Status.SUCCEEDED);
  }

  @Test
  void whatAnActionChangesInItsWorkerIsMadeAsItWas() throws Exception {
    var disturbing = run(List.of(Map.of("disturb", true, "value", 1)));

    assertThat(disturbing.status()).isEqualTo(Status.SUCCEEDED);
    assertTheNextUnitIsRunAsIfItWereTheFirst();
  }

  @Test
  void aProgramThatEndsItsProcessGroupEndsItselfAlone() throws Exception {
    var job = program("group-killer", "trap 'kill 0' EXIT; echo 1");

    assertThat(job.failures().get(0).message())
        .isEqualTo("the program ended with exit code 143, as after signal 15 (SIGTERM)");
    assertThat(up.isAlive()).isTrue();
    assertTheNextUnitIsRunAsIfItWereTheFirst();
  }

  @Test
  void whatAProgramLeavesInItsSessionIsKilledWithIt() throws Exception {
    var pid = crowd.folder().resolve("orphan");
    var script =
        "unset CROWD_ATTEMPT_MARK; (sleep 1000 & echo $! > " + pid + "); exec tail -f /dev/null";

    var job = program("orphan", script, "timeout: 2");

    assertThat(job.status()).isEqualTo(Status.FAILED);
    long orphan = Long.parseLong(Files.readString(pid).strip());
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> ProcessHandle.of(orphan).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void anExitCodeIsNoSignalAndNoLackOfMemory() throws Exception {
    assertThat(program("two-five-five", "exit 255").failures().get(0).message())
        .isEqualTo("the program ended with exit code 255");
    assertThat(program("one-nine-three", "exit 193").failures().get(0).message())
        .isEqualTo("the program ended with exit code 193");
    assertThat(program("killed", "kill -9 $$").failures().get(0).message())
        .isEqualTo("the program ended with exit code 137, as after signal 9 (SIGKILL)");
    var exit = run(List.of(Map.of("exit", 3)));
    assertThat(exit.failures().get(0).message())
        .isEqualTo("the worker ended with exit code 3: last words");
    var unit = client.unit(client.units(exit.id(), 100, null).units().get(0).id());
    assertThat(unit.history().get(0).outcome()).isEqualTo("worker_died");
  }

  @Test
  void anAnswerThatIsTooLargeSaysSo() throws Exception {
    var large =
        program("too-large", "printf '\"'; head -c 17000000 /dev/zero | tr '\\0' x; printf '\"'");

    assertThat(large.failures().get(0).message())
        .isEqualTo("printed more than 16 MiB as its output");
  }

  @Test
  void aTextThatADatabaseRefusesIsShownWithoutWhatItRefuses() throws Exception {
    var job = program("nul", "printf 'bad\\000byte\\n' >&2; exit 1");

    assertThat(job.failures().get(0).message())
        .isEqualTo("the program ended with exit code 1: bad\uFFFDbyte");
  }
}
