package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.itests.cluster.ScriptedRubyServer.Heard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node of ours at a server of the Ruby original, by the specification of its protocol. */
class OurNodesWorkForARubyServer {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int UNPROCESSABLE = 422;
  private static final int SERVER_ERROR = 500;
  private static final int OVERLOADED = 503;
  private static final int UNAUTHORIZED = 401;
  private static final int PROCESSING = 1;
  private static final int SPLITTING = 4;
  private static final int MERGING = 5;

  @RegisterExtension private final Crowd crowd = new Crowd();

  private final ObjectMapper json = new ObjectMapper();
  private ScriptedRubyServer ruby;

  @BeforeEach
  void start() throws Exception {
    ruby = new ScriptedRubyServer();
  }

  @AfterEach
  void stop() {
    ruby.close();
  }

  @Test
  void itRunsWhatItIsSentAndReportsUntilItIsHeard() throws Exception {
    crowd.configure("org.cloudcrowd.node.cfg", "tag", "ours");
    var node = node("2");
    var first = ruby.heard("PUT", "/node/").get(0).form();
    assertThat(first).containsEntry("busy", "false").containsEntry("max_workers", "2");
    assertThat(first).containsEntry("tag", "ours");
    assertThat(first).containsEntry("enabled_actions", "probe");

    ruby.answer(SERVER_ERROR, SERVER_ERROR);
    var taken = ruby.send(name(), unit(1, PROCESSING, "{\"value\": 7}"), null);
    assertThat(taken.statusCode()).isEqualTo(OK);
    assertThat(json.readTree(taken.body()).get("pid").isIntegralNumber()).isTrue();
    var result = awaitResults(1, 3).form();
    assertThat(result).containsEntry("status", "succeeded").containsEntry("id", "1");
    assertThat(output(result).asInt()).isEqualTo(7);
    assertThat(Double.parseDouble(result.get("time"))).isNotNegative();
    assertThat(Long.parseLong(result.get("pid"))).isPositive();

    ruby.send(name(), unit(2, SPLITTING, "[{\"value\": 1}, {\"value\": 2}]"), null);
    assertThat(output(awaitResults(2, 1).form())).hasSize(2);
    ruby.send(name(), unit(3, MERGING, "[3, 4]"), null);
    assertThat(output(awaitResults(3, 1).form())).hasSize(2);
    ruby.send(name(), unit(4, PROCESSING, "{\"fail\": \"no luck\"}"), null);
    var failed = awaitResults(4, 1).form();
    assertThat(failed).containsEntry("status", "failed");
    assertThat(output(failed).asText()).contains("no luck");

    ruby.answer(NOT_FOUND);
    ruby.send(name(), unit(5, PROCESSING, "{\"value\": 5}"), null);
    awaitResults(5, 1);
    ruby.send(name(), unit(6, PROCESSING, "{\"value\": 6}"), null);
    awaitResults(6, 1);
    assertThat(ruby.heard("PUT", "/work/5")).as("404 discards").hasSize(1);

    assertThat(node.stop()).isTrue();
    // Before its first check-in, and at its end.
    assertThat(ruby.heard("DELETE", "/node/" + name())).hasSize(2);
  }

  @Test
  void noResultComesBeforeTheServerHasWrittenDownWhoRunsIt() throws Exception {
    node("2");
    var pids = new HashSet<Integer>();
    for (int id = 1; id <= 20; id++) {
      var answer = ruby.assign(name(), unit(id, PROCESSING, "{\"value\": " + id + "}"));
      assertThat(answer.statusCode()).isEqualTo(OK);
      int pid = json.readTree(answer.body()).get("pid").asInt();
      assertThat(pids.add(pid)).isTrue();
      assertThat(awaitResults(id, 1).form()).containsEntry("pid", Integer.toString(pid));
    }
    assertThat(ruby.assigned()).isEmpty();
  }

  @Test
  void aNodeThatWasKilledSignsOffBeforeItComesAgain() throws Exception {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    var url = ruby.url().toString();
    String[] arguments = {"node", "--node-port", Integer.toString(port), "--server", url};
    var node = crowd.start(arguments);
    assertThat(ruby.methodsOfNodes()).startsWith("DELETE", "PUT");
    int before = ruby.methodsOfNodes().size();

    node.kill();
    crowd.start(arguments);

    assertThat(ruby.methodsOfNodes().subList(before, ruby.methodsOfNodes().size()))
        .startsWith("DELETE", "PUT");
  }

  @Test
  void itSaysThatItIsOverloadedAndWhenItHasRoomAgain() throws Exception {
    crowd.configure("org.cloudcrowd.node.cfg", "heartbeat_seconds", "1");
    node("1");
    var go = crowd.folder().resolve("go");
    var waiting = "{\"value\": 1, \"await\": \"" + go + "\"}";
    assertThat(ruby.send(name(), unit(1, PROCESSING, waiting), null).statusCode()).isEqualTo(OK);
    int before = ruby.heard("PUT", "/node/").size();

    var refused = ruby.send(name(), unit(2, PROCESSING, waiting), null);

    assertThat(refused.statusCode()).isEqualTo(OVERLOADED);
    assertThat(refused.body()).isEqualTo("Node Overloaded");
    assertThat(ruby.heard("PUT", "/node/")).hasSize(before);
    Files.createFile(go);
    awaitResults(1, 1);
    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> ruby.heard("PUT", "/node/").size() == before + 1);
    assertThat(ruby.heard("PUT", "/node/").get(before).form()).containsEntry("busy", "false");
    assertThat(ruby.send(name(), unit(2, PROCESSING, waiting), null).statusCode()).isEqualTo(OK);
    assertThat(output(awaitResults(2, 1).form()).asInt()).isOne();
  }

  @Test
  void bothAskForTheLogin() throws Exception {
    crowd.environment("CROWD_LOGIN", "crowd");
    crowd.environment("CROWD_PASSWORD", "secret");
    crowd.configure("org.cloudcrowd.authentication.cfg", "http_authentication", "true");
    node("1");
    var login = ruby.heard("PUT", "/node/").get(0).authorization();
    assertThat(login).isEqualTo("Basic Y3Jvd2Q6c2VjcmV0");

    var unit = unit(1, PROCESSING, "{\"value\": 1}");
    assertThat(ruby.send(name(), unit, null).statusCode()).isEqualTo(UNAUTHORIZED);
    assertThat(ruby.send(name(), unit, login).statusCode()).isEqualTo(OK);
    assertThat(awaitResults(1, 1).authorization()).isEqualTo(login);
  }

  @Test
  void aUnitThatIsNoneIsRefused() throws Exception {
    node("1");

    for (Map<String, Object> none :
        List.<Map<String, Object>>of(
            Map.of(), Map.of("id", 1, "action", "probe", "status", 2), Map.of("status", 1))) {
      var refused = ruby.send(name(), none, null);
      assertThat(refused.statusCode()).isEqualTo(UNPROCESSABLE);
      assertThat(refused.body()).contains("needs a field work_unit");
    }
  }

  private Crowd.Running node(String workers) throws Exception {
    var url = ruby.url().toString();
    var node = crowd.start("node", "--node-port", "0", "--server", url, "--max-workers", workers);
    await().atMost(30, TimeUnit.SECONDS).until(() -> !ruby.heard("PUT", "/node/").isEmpty());
    return node;
  }

  private String name() {
    return ruby.heard("PUT", "/node/").get(0).path().substring("/node/".length());
  }

  private static Map<String, Object> unit(long id, int status, String input) {
    return Map.of(
        "id",
        id,
        "job_id",
        1,
        "input",
        input,
        "attempts",
        0,
        "action",
        "probe",
        "options",
        Map.of(),
        "status",
        status);
  }

  private Heard awaitResults(long unit, int count) {
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> ruby.heard("PUT", "/work/" + unit).size() >= count);
    return ruby.heard("PUT", "/work/" + unit).get(count - 1);
  }

  private JsonNode output(Map<String, String> result) throws Exception {
    return json.readTree(result.get("output")).get("output");
  }
}
