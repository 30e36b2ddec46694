package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.client.ServerProblemException;
import org.cloudcrowd.protocol.job.JobRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LogsOfUnitsAreShown {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @RegisterExtension final Crowd crowd = new Crowd();
  private final ObjectMapper json = new ObjectMapper();

  private long submit(CrowdClient client, String action, Object input) throws Exception {
    var job =
        client.submit(
            JobRequest.builder(action, List.of(json.valueToTree(input))).maxAttempts(2).build());
    return job.id();
  }

  /** The unit that processes the job's one input. */
  private static long unit(CrowdClient client, long job) throws Exception {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                client.units(job, 10, null).units().stream()
                    .anyMatch(unit -> !unit.status().name().equals("SPLITTING")));
    return client.units(job, 10, null).units().get(0).id();
  }

  private static void awaitEnd(CrowdClient client, long job) {
    await().atMost(PATIENCE).until(() -> client.job(job).status().isComplete());
  }

  @Test
  void whileTheyRunAndWhenTheyHaveEndedHoweverTheyEnd() throws Exception {
    crowd.configure("org.cloudcrowd.node.cfg", "log_kilobytes", "2");
    DroppedProgram.script("chatty", "echo from a program >&2; echo '\"done\"'")
        .copyTo(Files.createDirectories(crowd.conf().resolve("actions/chatty")));
    var up = crowd.up();
    var client = up.client();
    var go = crowd.folder().resolve("go");

    // Live.
    var job =
        submit(
            client,
            "probe",
            List.of(
                Map.of(
                    "print",
                    "before\n",
                    "await",
                    go.toString(),
                    "run",
                    List.of("sh", "-c", "echo said by a tool >&2; echo printed"))));
    long unit = unit(client, job);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(client.log(unit, null)).isEqualTo("before\n"));
    Files.createFile(go);
    awaitEnd(client, job);
    assertThat(client.log(unit, null))
        .startsWith("before\n$ sh -c 'echo said by a tool >&2; echo printed'\n")
        .contains("said by a tool\n")
        .contains("printed\n");
    assertThat(crowd.run("log", Long.toString(unit), "--server", up.url().toString()).out())
        .isEqualTo(client.log(unit, null));
    assertThat(crowd.run("log", "-f", Long.toString(unit), "--server", up.url().toString()).out())
        .isEqualTo(client.log(unit, null));

    // Bounded: head and tail. Control characters are shown, not obeyed.
    job = submit(client, "probe", List.of(Map.of("print", "\u001b[31mred\u0000\n", "lines", 1000)));
    long many = unit(client, job);
    awaitEnd(client, job);
    assertThat(client.log(many, null))
        .startsWith("\uFFFD[31mred\uFFFD\nline 1\n")
        .contains(" lines are left out here)\n")
        .endsWith("line 1000\n")
        .hasSizeBetween(1500, 2200);

    // Each attempt, and what a worker says that dies.
    job = submit(client, "probe", List.of(Map.of("print", "attempt", "exit", 3)));
    long dying = unit(client, job);
    awaitEnd(client, job);
    assertThat(client.log(dying, 1)).isEqualTo("attemptlast words\n");
    assertThat(client.log(dying, 2)).isEqualTo("attemptlast words\n");
    assertThat(client.log(dying, 3)).isEmpty();

    // Programs.
    job = submit(client, "chatty", 1);
    long program = client.units(job, 10, null).units().get(0).id();
    awaitEnd(client, job);
    assertThat(client.log(program, null)).isEqualTo("from a program\n");

    // Nothing is left of a deleted job's.
    client.delete(job);
    assertThatThrownBy(() -> client.log(program, null))
        .isInstanceOf(ServerProblemException.class)
        .hasMessageContaining("there is no work unit " + program);
    var missing = crowd.run("log", "999999", "--server", up.url().toString());
    assertThat(missing.exitCode()).isNotZero();
    assertThat(missing.err()).contains("there is no work unit 999999");
  }
}
