package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.itests.cluster.Crowd.Ended;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code crowd} asks of a server, beside posting and watching jobs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatorsUseTheCommandLine {
  @RegisterExtension private final Crowd crowd = new Crowd("word-count");
  private final ObjectMapper json = new ObjectMapper();
  private CrowdClient client;
  private String url;

  @BeforeAll
  void start() throws Exception {
    crowd.configure("org.cloudcrowd.server.cfg", "max_attempts", "1");
    var up = crowd.up("--max-workers", "1");
    client = up.client();
    url = up.url().toString();
  }

  private Ended crowd(String... arguments) throws Exception {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(1, List.of("--server", url));
    return crowd.run(all.toArray(String[]::new));
  }

  private String out(String... arguments) throws Exception {
    var ended = crowd(arguments);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isZero();
    return ended.out();
  }

  private JsonNode json(String... arguments) throws Exception {
    return json.readTree(out(arguments));
  }

  @Test
  void jobsAreCancelledTriedAgainAndDeletedTogether() throws Exception {
    var go = crowd.folder().resolve("go");
    var waiting = client.submit(Orders.waiting(1, crowd.folder().resolve("ledger"), go)).id();
    var failing = client.submit(Orders.probe(List.of(Map.of("value", 1, "fail", "no luck")))).id();

    var cancelled = crowd("cancel", Long.toString(waiting), "999");
    assertThat(cancelled.exitCode()).isEqualTo(1);
    assertThat(cancelled.out()).isEqualTo("job " + waiting + ": cancelled\n");
    assertThat(cancelled.err()).isEqualTo("crowd: there is no job 999\n");

    var failed = Orders.await(client, client.job(failing));
    var unit = Long.toString(failed.failures().get(0).workUnitId());
    assertThat(out("unit", unit))
        .startsWith("work unit " + unit + " of job " + failing + ": failed\n")
        // A lease that the node refused had a number, too.
        .containsPattern("ATTEMPT +NODE +WORKER +OUTCOME +ENDED +MESSAGE\n +\\d+  127.0.0.1:")
        .contains("no luck");
    assertThat(json("unit", unit, "--json").at("/history/0/outcome").asText()).isEqualTo("failed");

    var again = crowd("cancel", Long.toString(failing), "--json");
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(json.readTree(again.out()).at("/results/0/problem").asText())
        .contains("job " + failing);

    assertThat(out("retry", Long.toString(failing))).startsWith("job " + failing + ": p");
    Orders.await(client, client.job(failing));
    assertThat(out("delete", Long.toString(failing), Long.toString(waiting)))
        .isEqualTo("job " + failing + ": deleted\njob " + waiting + ": deleted\n");
    assertThat(json("jobs", "--json").get("jobs").findValuesAsText("id"))
        .doesNotContain(Long.toString(failing), Long.toString(waiting));
    Files.createFile(go);
  }

  @Test
  void nodesAreShownDrainedAndResumed() throws Exception {
    var name = client.nodes().get(0).host();
    assertThat(out("nodes"))
        .containsPattern("NODE +TAG +STATUS +WORKERS +ACTIONS +REASON\n")
        .contains(name);
    assertThat(json("nodes", "--json").get(0).get("host").asText()).isEqualTo(name);

    assertThat(out("drain", name)).startsWith("node " + name + ": takes nothing, drained");
    assertThat(out("resume", name)).startsWith("node " + name + ": available");
    assertThat(crowd("drain", "nowhere:1").err()).contains("there is no node nowhere:1");
  }

  @Test
  void actionsAreListedAndTheirOptionsShown() throws Exception {
    assertThat(out("actions"))
        .containsPattern("ACTION +VERSION +STAGES +DESCRIPTION\n")
        .containsPattern("word_count +0.1.0 +process, merge");
    assertThat(json("actions", "--json").findValuesAsText("name")).contains("probe", "word_count");
    assertThat(out("actions", "word_count")).contains("word_count");
    assertThat(json("actions", "probe", "--json").get("splits").asBoolean()).isTrue();
    assertThat(crowd("actions", "none").err()).contains("no live node can run an action none");
  }

  @Test
  void theBlacklistIsKept() throws Exception {
    assertThat(out("blacklist", "--add", "other", "--for", "600"))
        .containsPattern("ACTION +SINCE +UNTIL\nother +20");
    assertThat(json("blacklist", "--json").get(0).get("action").asText()).isEqualTo("other");
    assertThat(out("blacklist", "--remove", "other")).doesNotContain("other");
    assertThat(crowd("blacklist", "--remove", "other").err()).contains("is not on the blacklist");
    assertThat(crowd("blacklist", "--remove", "a", "--add", "b").exitCode()).isEqualTo(2);
  }

  @Test
  void callbacksAreShownAndSentAgain() throws Exception {
    try (var receiver = new CallbackReceiver()) {
      var job = client.submit(receiver.told(Orders.probe(List.of(Map.of("value", 1)))));
      var id = Long.toString(job.id());
      Orders.await(client, job);
      await()
          .atMost(30, TimeUnit.SECONDS)
          .until(() -> client.callback(job.id()).status().equals("delivered"));

      assertThat(out("callback", id))
          .startsWith("callback of job " + id + ": delivered, http://")
          .containsPattern("MESSAGE +STARTED +SECONDS +STATUS +FAULT\n.* 200");
      assertThat(json("callback", id, "--again", "--json").get("status").asText()).isNotEmpty();
      await().atMost(30, TimeUnit.SECONDS).until(() -> receiver.messages(job.id()).size() == 2);
    }
  }

  @Test
  void shellsCompleteCommands() throws Exception {
    var script =
        Files.writeString(crowd.folder().resolve("complete"), crowd.run("completion").out());
    var bash =
        new ProcessBuilder(
                "bash",
                "-c",
                "source "
                    + script
                    // It is no completion that runs here.
                    + "; compopt() { :; }; COMP_WORDS=(crowd can); COMP_CWORD=1; _complete_crowd;"
                    + " echo \"${COMPREPLY[@]}\"")
            .redirectErrorStream(true)
            .start();
    assertThat(
            new String(
                bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("cancel\n");
  }
}
