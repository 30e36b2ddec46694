package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.protocol.job.UnitView;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.node.AdvertisedAction;
import org.cloudcrowd.protocol.server.NodeView;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.protocol.unit.Stage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ALyingNodeChangesNothing {
  private static final ObjectMapper JSON = WireJson.newMapper();
  private static final AdvertisedAction PROBE =
      new AdvertisedAction("probe", "1.0.0", null, true, true);

  @TempDir Path folder;
  @RegisterExtension private final Crowd crowd = new Crowd();
  private final ScriptedNode liar = new ScriptedNode("liar:1");
  private Crowd.Running server;
  private CrowdClient client;
  private Path go;
  private Path ledger;

  @BeforeAll
  void start() throws Exception {
    server = crowd.start("server", "-p", "0");
    client = server.client();
    crowd.node("honest", server);
  }

  @BeforeEach
  void name() {
    go = folder.resolve("go");
    ledger = folder.resolve("ledger");
  }

  private void assertItIsNoNode() throws Exception {
    assertThat(client.nodes()).extracting(NodeView::host).doesNotContain("liar:1");
  }

  private static void isRefused(HttpResponse<String> answer, int status, String detail)
      throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(JSON.readTree(answer.body()).get("detail").asText()).contains(detail);
  }

  @Test
  void resultsForUnitsThatItDoesNotHoldAreRefused() throws Exception {
    var job = client.submit(Orders.waiting(2, ledger, go));
    await().atMost(30, TimeUnit.SECONDS).until(() -> Orders.ledger(ledger).size() == 2);
    var held =
        client.units(job.id(), 10, null).units().stream()
            .map(unit -> new Lease(unit.id(), 1, "guessed"))
            .toList();

    var answer = liar.succeed(server.url(), Stage.PROCESS, held);

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(JSON.readTree(answer.body()).get("rejected")).hasSize(held.size());
    assertThat(client.units(job.id(), 10, null).units())
        .extracting(UnitView::output)
        .containsOnlyNulls();
    Files.createFile(go);
    assertThat(Orders.sum(Orders.await(client, job))).isEqualTo(Orders.sumOf(2));
  }

  /** It does not renew what is another's, and is told so. */
  @Test
  void aHeartbeatThatNamesTheUnitsOfAnotherRenewsNothing() throws Exception {
    var job = client.submit(Orders.waiting(1, ledger, go));
    await().atMost(30, TimeUnit.SECONDS).until(() -> Orders.ledger(ledger).size() == 1);
    long unit = Orders.ledger(ledger).get(0)[0];

    var other = new ScriptedNode("other:1");
    var answer = other.heartbeat(server.url(), PROBE, 0, List.of(new Lease(unit, 1, "guessed")));

    assertThat(JSON.readTree(answer.body()).get("revoked").get(0).asLong()).isEqualTo(unit);
    Files.createFile(go);
    assertThat(Orders.sum(Orders.await(client, job))).isEqualTo(1);
    assertThat(Orders.ledger(ledger)).hasSize(1);
  }

  @Test
  void namesThatAreNoAddressesAreRefused() throws Exception {
    for (String name : new String[] {"no-port", "%3Cb%3E:1", "a%20b:1", "%27or%27:1", "x:port"}) {
      isRefused(
          new ScriptedNode(name).heartbeat(server.url(), PROBE, 1, List.of()),
          422,
          "a node's name is its address");
    }
    assertItIsNoNode();
  }

  /** The other actions of a node are not to wait for one whose name is none. */
  @Test
  void actionsThatAreNoNamesAreLeftOut() throws Exception {
    for (String name : new String[] {"", "a b", "<b>", "'; drop table jobs; --", "a".repeat(101)}) {
      var answer =
          liar.heartbeat(
              server.url(), new AdvertisedAction(name, "1", null, false, false), 1, List.of());
      assertThat(answer.statusCode()).as(name).isEqualTo(200);
      var node = client.nodes().stream().filter(known -> known.host().equals("liar:1")).findFirst();
      assertThat(node.orElseThrow().actions()).as(name).isEmpty();
      assertThat(node.orElseThrow().problems())
          .as(name)
          .singleElement()
          .asString()
          .contains("the name of an action is 1 to 100");
    }
    assertThat(liar.send(server.url(), "DELETE", "node/liar:1", "").statusCode()).isEqualTo(204);
    assertItIsNoNode();
  }

  @Test
  void aMillionActionsAreRefusedAndOthersAreNotDisturbed() throws Exception {
    var actions =
        IntStream.range(0, 1_000_000)
            .mapToObj(i -> "{\"name\":\"a" + i + "\"}")
            .collect(Collectors.joining(",", "[", "]"));

    isRefused(
        liar.send(
            server.url(),
            "PUT",
            "node/liar:1",
            "{\"incarnation\":\"1\",\"max_workers\":1,\"capacity\":1,\"workers\":[],\"leases\":[],\"actions\":"
                + actions
                + "}"),
        422,
        "actions must be a list of at most 1000");

    var job = client.submit(Orders.probe(List.of(Map.of("value", 1))));
    assertThat(Orders.sum(Orders.await(client, job))).isEqualTo(1);
    assertItIsNoNode();
  }

  @Test
  void wrongTypesAreNamed() throws Exception {
    isRefused(
        liar.send(server.url(), "PUT", "node/liar:1", "{\"max_workers\":\"many\"}"),
        422,
        "the value must be a whole number");
    isRefused(
        liar.send(server.url(), "PUT", "node/liar:1", "[]"), 422, "the value must be an object");
    isRefused(liar.send(server.url(), "PUT", "node/liar:1", "{\"incarnation\":"), 400, "");
    isRefused(
        liar.send(server.url(), "PUT", "work", "{\"node\":\"liar:1\",\"results\":7}"),
        422,
        "the value must be a list");
    assertItIsNoNode();
  }
}
