package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.job.UnitView;
import org.cloudcrowd.protocol.server.NodeView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node of the Ruby original, by the specification of its protocol, at a server of ours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RubyNodesWorkForOurServer {
  private static final int NO_CONTENT = 204;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int UNPROCESSABLE = 422;
  private static final int UNITS = 200;
  private static final int LEASE_SECONDS = 3;

  @RegisterExtension private final Crowd crowd = new Crowd("process-pdfs");

  private Crowd.Running server;
  private CrowdClient client;

  @BeforeAll
  void start() throws Exception {
    crowd.configure("org.cloudcrowd.server.cfg", "lease_seconds", Integer.toString(LEASE_SECONDS));
    crowd.configure("org.cloudcrowd.node.cfg", "heartbeat_seconds", "1");
    crowd.configure("org.cloudcrowd.ruby.cfg", "stages", "word_count:merge, listed");
    server = crowd.start("server", "-p", "0");
    client = server.client();
  }

  /** A Ruby node goes without a word, and is forgotten with its leases. */
  @AfterEach
  void clear() throws Exception {
    crowd.stopAllBut(server);
    await().atMost(30, TimeUnit.SECONDS).until(() -> client.nodes().isEmpty());
  }

  @Test
  void aJobRunsHalfOnARubyNodeAndHalfOnOurs() throws Exception {
    crowd.node("ours", server);
    awaitNodes(1);
    try (var ruby = new RubyNode(server.url(), 2)) {
      assertThat(ruby.checkIn("probe", "word_count")).isEqualTo(NO_CONTENT);
      awaitNodes(2);

      var job = Orders.await(client, client.submit(pausing(UNITS)));

      assertThat(Orders.sum(job)).isEqualTo(Orders.sumOf(UNITS));
      var units = units(job);
      assertThat(units).allSatisfy(unit -> assertThat(successes(unit)).isOne());
      var onRuby = new HashSet<>(ruby.counted());
      onRuby.retainAll(units.stream().map(UnitView::id).toList());
      assertThat(onRuby).hasSizeGreaterThan(UNITS / 10).hasSizeLessThan(UNITS * 9 / 10);
      assertThat(ruby.discarded()).isEmpty();
    }
  }

  /** What it does not say of its actions may make other outputs of their jobs. */
  @Test
  void anActionWhoseStagesAreNotListedIsWarnedOfOnce() throws Exception {
    var warning =
        "only Ruby nodes advertise unlisted, and stages of etc/org.cloudcrowd.ruby.cfg does not"
            + " list it: a split or merge that it has is left out. List it there as"
            + " unlisted:split+merge, with the stages that it has, or as unlisted alone where it"
            + " has neither";
    try (var ruby = new RubyNode(server.url(), 1)) {
      ruby.checkIn("unlisted", "listed", "word_count");
      var first = client.submit(RubyNode.job("unlisted", orders(1)));
      var second = client.submit(RubyNode.job("unlisted", orders(1)));
      var listed = client.submit(RubyNode.job("listed", orders(1)));

      for (var job : List.of(first, second)) {
        Orders.await(client, job);
        assertThat(client.why(job.id()).warning()).isEqualTo(warning);
        assertThat(crowd.run("why", Long.toString(job.id()), "--server", server.url().toString()))
            .extracting(Crowd.Ended::out)
            .asString()
            .contains("warning: " + warning);
      }
      assertThat(client.why(listed.id()).warning()).isNull();
    }
    assertThat(Files.readAllLines(crowd.conf().resolve("data/log/crowd.log")))
        .filteredOn(line -> line.contains("List it there as unlisted:"))
        .singleElement()
        .asString()
        .contains(warning);
  }

  @Test
  void aRubyNodeAloneRunsAJobOfItsOwnAction() throws Exception {
    try (var ruby = new RubyNode(server.url(), 1)) {
      var form =
          Map.of("port", Integer.toString(ruby.port()), "enabled_actions", "echo, word_count");
      assertThat(ruby.put("node/127.0.0.1", form)).as("the form of 0.2.0").isEqualTo(NO_CONTENT);
      assertThat(client.nodes()).extracting(NodeView::host).containsExactly(ruby.name());

      ruby.hold();
      var submitted = client.submit(RubyNode.job("echo", orders(3)));
      await("it does not say how many it takes")
          .atMost(20, TimeUnit.SECONDS)
          .until(() -> ruby.overloads() > 0);
      ruby.letGo();
      var job = Orders.await(client, submitted);

      assertThat(job.status()).isEqualTo(Status.SUCCEEDED);
      assertThat(job.outputs()).hasSize(3);
      assertThat(job.outputs().get(2).asInt()).isEqualTo(3);
    }
  }

  @Test
  void aWorkerIsAskedForAndWhatItReportsTwiceCountsOnce() throws Exception {
    try (var ruby = new RubyNode(server.url(), 2)) {
      ruby.hold();
      assertThat(ruby.checkIn("echo")).isEqualTo(NO_CONTENT);
      var job = client.submit(RubyNode.job("echo", orders(1)));
      await().atMost(20, TimeUnit.SECONDS).until(() -> ruby.running().size() == 1);
      var unit = ruby.running().entrySet().iterator().next();
      var path = "worker/" + unit.getValue() + "@" + ruby.name();
      await()
          .atMost(20, TimeUnit.SECONDS)
          .until(() -> ruby.send(path, "GET", Map.of()).body().contains("\"id\":" + unit.getKey()));
      assertThat(ruby.send("worker/1@" + ruby.name(), "GET", Map.of()).body()).isEqualTo("{}");
      // As the original shows it: the status is that of the stage, and an input is a text.
      assertThat(ruby.send(path, "GET", Map.of()).body())
          .startsWith("{\"id\":" + unit.getKey() + ",\"job_id\":" + job.id() + ",\"input\":\"{")
          .contains("\\\"value\\\":1")
          .endsWith("}\",\"attempts\":0,\"action\":\"echo\",\"options\":{},\"status\":1}");
      assertThat(client.status().nodes().get(0).workers())
          .containsExactly(unit.getValue().longValue());

      assertThat(ruby.put("work/" + unit.getKey(), result("1"))).isEqualTo(NOT_FOUND);
      assertThat(ruby.put("work/999999", result("1"))).isEqualTo(NOT_FOUND);
      ruby.letGo();

      assertThat(Orders.await(client, job).status()).isEqualTo(Status.SUCCEEDED);
      assertThat(ruby.put("work/" + unit.getKey(), result(unit.getValue().toString())))
          .isEqualTo(NOT_FOUND);
    }
  }

  @Test
  void aUnitOfANodeOfOursIsNotItsToReport() throws Exception {
    crowd.node("ours", server);
    var ledger = crowd.folder().resolve("ledger");
    var go = crowd.folder().resolve("go");
    var job = client.submit(Orders.waiting(1, ledger, go));
    await().atMost(30, TimeUnit.SECONDS).until(() -> Orders.ledger(ledger).size() == 1);
    try (var ruby = new RubyNode(server.url(), 1)) {
      assertThat(ruby.put("work/" + Orders.ledger(ledger).get(0)[0], result("0")))
          .isEqualTo(NOT_FOUND);
    }
    Files.createFile(go);
    assertThat(Orders.sum(Orders.await(client, job))).isOne();
  }

  @Test
  void itsUnitsGoToOthersWhenItIsGone() throws Exception {
    crowd.node("ours", server);
    awaitNodes(1);
    JobView job;
    try (var ruby = new RubyNode(server.url(), 2)) {
      ruby.hold();
      assertThat(ruby.checkIn("probe")).isEqualTo(NO_CONTENT);
      awaitNodes(2);
      job = client.submit(pausing(20));
      await().atMost(30, TimeUnit.SECONDS).until(() -> ruby.running().size() == 2);
    }

    assertThat(Orders.sum(Orders.await(client, job))).isEqualTo(Orders.sumOf(20));
    awaitNodes(1);
  }

  @Test
  void aNodeWhoseNameResolvesNowhereStopsNoOther() throws Exception {
    try (var ruby = new RubyNode(server.url(), 1)) {
      ruby.checkIn("echo");
      // It is asked before the other, by its name.
      assertThat(ruby.put("node/0_host:29998", Map.of("enabled_actions", "echo")))
          .isEqualTo(NO_CONTENT);

      assertNeverGone(ruby);
      assertThat(ruby.put("node/a..b:1", Map.of("enabled_actions", "echo")))
          .isEqualTo(UNPROCESSABLE);
      assertThat(ruby.put("node/a:0", Map.of("enabled_actions", "echo"))).isEqualTo(UNPROCESSABLE);
      assertThat(ruby.put("node/a:99999", Map.of("enabled_actions", "echo")))
          .isEqualTo(UNPROCESSABLE);
      assertThat(ruby.send("node/0_host:29998", "DELETE", Map.of()).statusCode())
          .isEqualTo(NO_CONTENT);
    }
  }

  @Test
  void silentNodesTakeNoHealthyOneWithThem() throws Exception {
    var silent = new ArrayList<RubyNode>();
    try (var healthy = new RubyNode(server.url(), 1)) {
      for (int i = 0; i < 8; i++) {
        var node = new RubyNode(server.url(), 1);
        silent.add(node);
        node.checkIn("other");
        node.fallSilent();
      }
      healthy.checkIn("echo");
      assertNeverGone(healthy);
    } finally {
      silent.forEach(RubyNode::close);
    }
  }

  /** It holds a unit for four leases, and is there all the time. */
  private void assertNeverGone(RubyNode node) throws Exception {
    node.hold();
    var job = client.submit(RubyNode.job("echo", List.of(Map.of("value", 1))));
    await().atMost(30, TimeUnit.SECONDS).until(() -> node.running().size() == 1);
    await()
        .during(4L * LEASE_SECONDS, TimeUnit.SECONDS)
        .atMost(4L * LEASE_SECONDS + 5, TimeUnit.SECONDS)
        .until(
            () ->
                client.nodes().stream().anyMatch(known -> known.host().equals(node.name()))
                    && node.running().size() == 1);
    node.letGo();
    Orders.await(client, job);
    var unit = client.units(job.id(), 10, null).units().get(0).id();
    assertThat(client.unit(unit).history()).hasSize(1);
  }

  /**
   * Our node advertises the action with its schema; Ruby's of the same name knows other options.
   */
  @Test
  void optionsThatOnlyRubysActionKnowsPassWithAWarning() throws Exception {
    crowd.node("ours", server);
    awaitNodes(1);
    try (var ruby = new RubyNode(server.url(), 1)) {
      var job =
          "{\"action\":\"process_pdfs\",\"inputs\":[\"http://127.0.0.1:1/a.pdf\"],\"options\":%s}";
      var answer = ruby.send("jobs", "POST", Map.of("job", job.formatted("{\"benchmark\":true}")));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().allValues("CloudCrowd-Warning"))
          .singleElement()
          .asString()
          .startsWith("/options: ")
          .contains("benchmark");
      assertThat(
              ruby.send("jobs", "POST", Map.of("job", job.formatted("{\"batch_size\":\"many\"}"))))
          .extracting(HttpResponse::statusCode)
          .isEqualTo(UNPROCESSABLE);
    }
  }

  @Test
  void aFormThatIsNoneIsRefused() throws Exception {
    try (var ruby = new RubyNode(server.url(), 1)) {
      var many = ruby.send("node/a:1", "PUT", Map.of("max_workers", "many"));
      assertThat(many.statusCode()).isEqualTo(UNPROCESSABLE);
      assertThat(many.body()).contains("max_workers must be a whole number");
      assertThat(ruby.put("node/nowhere", Map.of())).isEqualTo(UNPROCESSABLE);
      assertThat(ruby.put("node/a:1", Map.of("enabled_actions", "a/b"))).isEqualTo(UNPROCESSABLE);
      assertThat(ruby.put("work/1", Map.of("status", "fine"))).isEqualTo(UNPROCESSABLE);
      assertThat(ruby.put("work/1", Map.of("status", "succeeded", "output", "{")))
          .isEqualTo(UNPROCESSABLE);
      assertThat(ruby.send("jobs", "POST", Map.of("job", "{")).statusCode()).isEqualTo(BAD_REQUEST);
      assertThat(ruby.send("log", "GET", Map.of()).body()).contains("is open");
    }
  }

  private static Map<String, String> result(String pid) {
    return Map.of("pid", pid, "time", "0.1", "status", "succeeded", "output", "{\"output\":1}");
  }

  private static List<Map<String, Object>> orders(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> Map.<String, Object>of("value", i, "pause", 20))
        .toList();
  }

  private static JobRequest pausing(int units) {
    return Orders.probe(orders(units));
  }

  private void awaitNodes(int count) {
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(
            () ->
                client.nodes().stream().filter(node -> node.actions().contains("probe")).count()
                    == count);
  }

  private List<UnitView> units(JobView job) throws Exception {
    return client.units(job.id(), 500, null).units();
  }

  private long successes(UnitView unit) throws Exception {
    return client.unit(unit.id()).history().stream()
        .filter(attempt -> attempt.outcome().equals("succeeded"))
        .count();
  }
}
