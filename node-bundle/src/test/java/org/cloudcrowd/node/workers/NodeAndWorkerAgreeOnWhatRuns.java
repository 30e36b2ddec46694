package org.cloudcrowd.node.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.exec.CommandLine;
import org.cloudcrowd.node.actions.InstalledAction;
import org.cloudcrowd.node.processes.AttemptFailure;
import org.cloudcrowd.node.processes.UnitLog;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.protocol.unit.UnitOrder;
import org.cloudcrowd.protocol.worker.ToolLimits;
import org.cloudcrowd.protocol.worker.WorkerOrder;
import org.cloudcrowd.protocol.worker.WorkerSetup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Version;

/** Workers that are scripts: they say that they are ready, and then what the test has them say. */
class NodeAndWorkerAgreeOnWhatRuns {
  private static final String RUNS = "{\"beat\":7,\"attempt\":1}";
  private static final String OF_ANOTHER = "{\"beat\":7,\"attempt\":2}";
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
        new WorkerOrder(
            new UnitOrder(
                new Lease(7, 1, "token"),
                3,
                "test",
                null,
                Stage.PROCESS,
                json.readTree("1"),
                json.readTree("{}"),
                null,
                null),
            "LOOPBACK");
    return one.run(order, new UnitLog(100)).output().asInt();
  }

  @AfterEach
  void end() {
    worker.kill();
  }

  @Test
  void beatsComeBetweenTheAnswers() throws Exception {
    assertThat(run(worker(OF_ANOTHER, RUNS, RUNS, ANSWER))).isEqualTo(5);
  }

  /** What it wrote before it read the order waits in the pipe, however much that is. */
  @Test
  void whatAWorkerSaidBeforeDoesNoHarm() throws Exception {
    var said = new String[200];
    Arrays.fill(said, OF_ANOTHER);
    said[199] = ANSWER;

    assertThat(run(worker(said))).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "another unit"})
  void aWorkerThatDoesNotSayThatItRunsItsUnitIsKilled(String says) throws Exception {
    var deaf = says.equals("nothing") ? worker() : worker(OF_ANOTHER, OF_ANOTHER, OF_ANOTHER);
    var failure =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return "answered " + run(deaf);
              } catch (AttemptFailure | IOException e) {
                return e.getMessage();
              }
            });
    while (!failure.isDone()) {
      deaf.watch();
      Thread.onSpinWait();
    }

    assertThat(failure.get())
        .isEqualTo("the worker has not said for 30 s that it runs the work unit, and was killed");
    assertThat(deaf.processes().findFirst().orElseThrow().onExit().get().isAlive()).isFalse();
  }

  @Test
  void anAnswerThatIsNoneSaysSo() throws Exception {
    assertThatThrownBy(() -> run(worker("no answer")))
        .hasMessage("the worker's answer cannot be understood");
  }
}
