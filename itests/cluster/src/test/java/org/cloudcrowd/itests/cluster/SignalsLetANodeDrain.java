package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ctrl-C sends INT to every process of the terminal's foreground group. */
class SignalsLetANodeDrain {
  @RegisterExtension final Crowd crowd = new Crowd();

  @Test
  void ctrlCEndsNothingThatRunsAndDrainSecondsAreWaitedFor() throws Exception {
    crowd.configure("org.cloudcrowd.node.cfg", "drain_seconds", "60");
    var go = crowd.folder().resolve("go");
    var ledger = crowd.folder().resolve("ledger");
    var begun = crowd.folder().resolve("begun");
    DroppedProgram.script(
            "patient",
            "touch " + begun + "; while [ ! -e " + go + " ]; do sleep 0.05; done; echo 1")
        .copyTo(crowd.conf().resolve("actions").resolve("patient"));
    var server = crowd.start("server", "-p", "0");
    var client = server.client();
    // The node leads a group of its own, as what is started at a terminal does.
    // Where the tests run in the background, a shell has had them ignore INT.
    crowd.around(List.of("setsid", "env", "--default-signal=INT"));
    var node = crowd.node("node", server);
    crowd.around(List.of());
    var inWorker =
        client.submit(
            Orders.probe(
                List.of(Map.of("ledger", ledger.toString(), "await", go.toString(), "value", 1))));
    var byProgram =
        await()
            .ignoreExceptionsInstanceOf(IOException.class)
            .until(
                () -> client.submit(JobRequest.of("patient", List.of(TextNode.valueOf("x")), null)),
                job -> job != null);
    await()
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> Files.exists(begun) && Orders.ledger(ledger).size() == 1);

    new ProcessBuilder("kill", "-INT", "--", "-" + node.pid()).start().waitFor();

    // Longer than the ten seconds after which a container used to end whatever ran.
    await().during(Duration.ofSeconds(11)).atMost(Duration.ofSeconds(12)).until(node::isAlive);
    Files.createFile(go);
    assertThat(node.awaitExit(30)).isTrue();
    for (var job : List.of(inWorker, byProgram)) {
      var ended = client.job(job.id());
      assertThat(ended.status())
          .isEqualTo(job.equals(inWorker) ? Status.MERGING : Status.SUCCEEDED);
      var units = client.units(job.id(), 100, null).units();
      var process = client.unit(units.get(0).id());
      assertThat(process.history()).hasSize(1);
    }
    assertThat(Orders.ledger(ledger)).hasSize(1);
  }

  @Test
  void theGroupOfWhoStartedItInTheBackgroundIsNotItsOwn() throws Exception {
    var ended = crowd.run("-c", crowd.conf().toString(), "server", "start", "-d", "-p", "0");
    try {
      assertThat(ended.exitCode()).isZero();
      var pid =
          Long.parseLong(Files.readString(crowd.conf().resolve("data/crowd-server.pid")).strip());
      var session = new ProcessBuilder("ps", "-o", "sid=", "-p", Long.toString(pid)).start();
      assertThat(
              new String(session.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
          .isEqualTo(Long.toString(pid));
    } finally {
      crowd.run("-c", crowd.conf().toString(), "server", "stop");
    }
  }
}
