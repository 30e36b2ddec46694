package org.cloudcrowd.node.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.exec.CommandLine;
import org.cloudcrowd.node.actions.InstalledAction;
import org.cloudcrowd.node.processes.AttemptFailure;
import org.cloudcrowd.node.processes.UnitLog;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.server.FailureReason;
import org.cloudcrowd.protocol.server.Status;
import org.cloudcrowd.protocol.worker.ToolLimits;
import org.cloudcrowd.protocol.worker.UnitOrder;
import org.cloudcrowd.protocol.worker.WorkerSetup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

/** Workers that are scripts: they say that they are ready, and then what the test has them say. */
class NodeAndWorkerAgreeOnWhatRuns {
  private static final String RUNS = "{\"beat\":7,\"attempt\":1}";
  private static final String IDLE = "{\"beat\":0,\"attempt\":0}";
  private static final String ANSWER =
      "{\"work_unit_id\":7,\"output\":5,\"seconds\":1.0,\"printed\":false}";

  private final ObjectMapper json = WireJson.newMapper();
  @TempDir Path folder;
  private Worker worker;

  private Worker worker(String... lines) throws IOException, AttemptFailure {
    var script = new StringBuilder("read setup; echo '{\"pid\":1}'; read order; ");
    for (String line : lines) {
      script.append("echo '").append(line).append("'; ");
    }
    var command = new CommandLine("sh").addArgument("-c");
    command.addArgument(script.append("read more").toString(), false);
    var action =
        new InstalledAction("test", null, false, false, null, null, Version.emptyVersion, 0, null);
    worker =
        new Worker(
            action,
            new WorkerCommand(command, folder),
            new WorkerSetup("test", "work", "inputs", ToolLimits.NONE, Map.of()),
            json);
    worker.awaitReady();
    return worker;
  }

  private int run(Worker one) throws AttemptFailure, IOException {
    var order =
        new UnitOrder(
            7,
            1,
            3,
            "test",
            Status.PROCESSING,
            json.readTree("1"),
            json.readTree("{}"),
            null,
            "LOOPBACK");
    return one.run(order, new UnitLog(100)).output().asInt();
  }

  @AfterEach
  void end() {
    worker.kill();
  }

  @Test
  void beatsComeBetweenTheAnswers() throws Exception {
    assertThat(run(worker(IDLE, RUNS, IDLE, IDLE, RUNS, ANSWER))).isEqualTo(5);
  }

  @Test
  void aWorkerThatDoesNotRunItsUnitIsKilled() throws Exception {
    var deaf = worker(RUNS, IDLE, IDLE, IDLE, IDLE, IDLE);

    assertThatThrownBy(() -> run(deaf))
        .isInstanceOfSatisfying(
            AttemptFailure.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.WORKER_DIED))
        .hasMessage("the worker does not run the unit that it was given");
    assertThat(deaf.processes().findFirst().orElseThrow().onExit().get().isAlive()).isFalse();
  }

  @Test
  void aWorkerThatIsSilentIsKilledWhenTheWatchHasLookedOftenEnough() throws Exception {
    var silent = worker();
    var failure =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return "answered " + run(silent);
              } catch (AttemptFailure | IOException e) {
                return e.getMessage();
              }
            });
    while (!failure.isDone()) {
      silent.watch();
      Thread.onSpinWait();
    }

    assertThat(failure.get()).isEqualTo("the worker was not heard for 30 s, and was killed");
  }

  @Test
  void anAnswerThatIsNoneSaysSo() throws Exception {
    assertThatThrownBy(() -> run(worker("no answer")))
        .hasMessage("the worker's answer cannot be understood");
  }
}
