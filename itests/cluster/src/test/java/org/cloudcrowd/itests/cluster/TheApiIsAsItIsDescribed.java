package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.itests.cluster.Description.Call;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.Status;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every path and status of {@code /openapi.json}, against a running server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TheApiIsAsItIsDescribed {
  private static final String NO_JOB = "999999";

  @RegisterExtension private final Crowd crowd = new Crowd();
  private Crowd.Running up;
  private CrowdClient client;
  private Description api;

  @BeforeAll
  void start() throws Exception {
    crowd.configure("org.cloudcrowd.assets.links.cfg", "links", "server");
    up = crowd.up();
    client = up.client();
    api = new Description(up.url());
  }

  @Test
  void theDescriptionIsAValidOne() throws Exception {
    var parsed = new OpenAPIV3Parser().readContents(api.text(), null, null);

    assertThat(parsed.getMessages()).isEmpty();
    assertThat(api.all()).isNotEmpty();
    var priority = "/components/schemas/JobRequest/properties/priority/description";
    assertThat(new ObjectMapper().readTree(api.text()).at(priority).asText())
        .startsWith("The smaller goes first");
  }

  /**
   * The last, since it changes the configuration, and a server is taken aback by that for a moment.
   */
  @Test
  @Order(Integer.MAX_VALUE)
  void everyPathAndStatusIsSeen() throws Exception {
    try (var receiver = new CallbackReceiver()) {
      jobs(receiver);
    }
    bulk();
    cluster();
    schedules();
    events();
    bundles();

    var unseen = new HashSet<>(api.all());
    unseen.removeAll(api.seen());
    assertThat(unseen).as("what is described and was not seen").isEmpty();
  }

  private JobView ended(String options) throws Exception {
    var posted =
        api.ask(
            201,
            Call.of("POST /jobs").json("{\"action\": \"probe\", \"inputs\": [[" + options + "]]}"));
    return Orders.await(client, client.job(posted.get("id").asLong()));
  }

  private void jobs(CallbackReceiver receiver) throws Exception {
    var job = ended("{\"value\": 1, \"save\": \"a file\", \"print\": \"hello\"}");
    api.ask(400, Call.of("POST /jobs").json("{"));
    api.ask(422, Call.of("POST /jobs").json("{\"action\": \"none\", \"inputs\": [1]}"));
    api.ask(200, Call.of("GET /jobs").query("limit=1"));
    api.ask(422, Call.of("GET /jobs").query("limit=0"));
    api.ask(200, Call.of("GET /jobs/{id}", job.id()));
    api.ask(404, Call.of("GET /jobs/{id}", NO_JOB));
    api.ask(304, Call.of("GET /jobs/{id}", job.id()).header("If-None-Match", tagOf(job)));
    var units = api.ask(200, Call.of("GET /jobs/{id}/units", job.id()));
    api.ask(404, Call.of("GET /jobs/{id}/units", NO_JOB));
    api.ask(422, Call.of("GET /jobs/{id}/units", job.id()).query("limit=many"));
    api.ask(422, Call.of("GET /jobs/{id}", job.id()).query("links=some"));
    api.ask(200, Call.of("GET /jobs/{id}/states", job.id()));
    api.ask(404, Call.of("GET /jobs/{id}/states", NO_JOB));
    api.ask(200, Call.of("GET /jobs/{id}/timeline", job.id()));
    api.ask(404, Call.of("GET /jobs/{id}/timeline", NO_JOB));
    api.ask(200, Call.of("GET /jobs/{id}/why", job.id()));
    api.ask(404, Call.of("GET /jobs/{id}/why", NO_JOB));
    unit(units.at("/units/0/id").asLong());
    var file = file(job.outputs().get(0).get(0));

    var waiting =
        client.submit(
            Orders.waiting(1, crowd.folder().resolve("ledger"), crowd.folder().resolve("go")));
    worker(crowd.folder().resolve("ledger"));
    api.ask(200, Call.of("POST /jobs/{id}/cancel", waiting.id()));
    api.ask(409, Call.of("POST /jobs/{id}/cancel", waiting.id()));
    api.ask(404, Call.of("POST /jobs/{id}/cancel", NO_JOB));
    Files.createFile(crowd.folder().resolve("go"));
    api.ask(200, Call.of("POST /jobs/{id}/retry", waiting.id()));
    Orders.await(client, waiting);
    api.ask(409, Call.of("POST /jobs/{id}/retry", waiting.id()));
    api.ask(404, Call.of("POST /jobs/{id}/retry", NO_JOB));

    var told = client.submit(receiver.told(Orders.probe(List.of(Map.of("value", 1)))));
    Orders.await(client, told);
    api.ask(202, Call.of("POST /jobs/{id}/callback", told.id()));
    api.ask(200, Call.of("GET /jobs/{id}/callback", told.id()));
    api.ask(409, Call.of("POST /jobs/{id}/callback", job.id()));
    api.ask(404, Call.of("POST /jobs/{id}/callback", NO_JOB));
    api.ask(404, Call.of("GET /jobs/{id}/callback", NO_JOB));
    api.ask(204, Call.of("DELETE /jobs/{id}", job.id()));
    api.ask(404, Call.of("DELETE /jobs/{id}", job.id()));
    await().atMost(20, TimeUnit.SECONDS).untilAsserted(() -> api.ask(404, file));
  }

  private String tagOf(JobView job) throws Exception {
    var answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(up.url().resolve("jobs/" + job.id())).build(),
                BodyHandlers.discarding());
    return answer.headers().firstValue("ETag").orElseThrow();
  }

  /** The node's heartbeat tells which of its workers runs what. */
  private void worker(Path ledger) throws Exception {
    await().atMost(30, TimeUnit.SECONDS).until(() -> !Orders.ledger(ledger).isEmpty());
    var line = Orders.ledger(ledger).get(0);
    var name = line[2] + "@" + client.nodes().get(0).host();
    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(
            () ->
                api.ask(200, Call.of("GET /worker/{worker}", name)).path("id").asLong() == line[0]);
  }

  private void unit(long id) throws Exception {
    api.ask(200, Call.of("GET /units/{id}", id));
    api.ask(404, Call.of("GET /units/{id}", NO_JOB));
    api.ask(422, Call.of("GET /units/{id}", id).query("links=some"));
    api.ask(200, Call.of("GET /units/{id}/log", id));
    api.ask(404, Call.of("GET /units/{id}/log", NO_JOB));
  }

  private Call file(JsonNode link) throws Exception {
    var path = URI.create(link.asText()).getPath();
    var file = path.substring(path.indexOf("probe/"));
    var call = Call.of("GET /assets/{path}", file).query(URI.create(link.asText()).getRawQuery());
    api.ask(200, call);
    api.ask(206, call.header("Range", "bytes=0-1"));
    api.ask(416, call.header("Range", "bytes=100-"));
    api.ask(304, call.header("If-None-Match", "*"));
    api.ask(403, Call.of("GET /assets/{path}", file).query("expires=1&signature=none"));
    return call;
  }

  private void bulk() throws Exception {
    for (String change : List.of("cancel", "retry", "delete")) {
      var operation = "POST /jobs/" + change;
      api.ask(200, Call.of(operation).json("{\"ids\": [" + NO_JOB + "]}"));
      api.ask(400, Call.of(operation).json("{\"ids\": ["));
      api.ask(422, Call.of(operation).json("{\"ids\": []}"));
    }
  }

  private void cluster() throws Exception {
    var node = client.nodes().get(0).host();
    api.ask(200, Call.of("GET /status"));
    api.ask(200, Call.of("GET /actions"));
    api.ask(200, Call.of("GET /actions/{name}", "probe"));
    api.ask(404, Call.of("GET /actions/{name}", "none"));
    api.ask(200, Call.of("GET /worker/{worker}", "1@none:1"));
    api.ask(200, Call.of("GET /log"));
    api.ask(200, Call.of("GET /heartbeat"));
    api.ask(200, Call.of("GET /health/live"));
    api.ask(200, Call.of("GET /health/ready"));
    api.ask(200, Call.of("GET /metrics"));
    api.ask(200, Call.of("GET /openapi.json"));
    api.ask(200, Call.of("GET /nodes"));
    for (String change : List.of("drain", "resume")) {
      api.ask(200, Call.of("POST /nodes/{name}/" + change, node));
      api.ask(404, Call.of("POST /nodes/{name}/" + change, "none:1"));
    }
    workers(node);
    api.ask(200, Call.of("GET /access"));
    api.ask(200, Call.of("GET /history"));
    api.ask(200, Call.of("POST /blacklist").json("{\"action\": \"none\"}"));
    api.ask(400, Call.of("POST /blacklist").json("{"));
    api.ask(422, Call.of("POST /blacklist").json("{}"));
    api.ask(200, Call.of("GET /blacklist"));
    api.ask(200, Call.of("DELETE /blacklist/{action}", "none"));
    api.ask(404, Call.of("DELETE /blacklist/{action}", "none"));
    api.ask(200, Call.of("POST /cleanup/jobs").query("days=3000"));
    api.ask(422, Call.of("POST /cleanup/jobs").query("days=-1"));
    api.ask(200, Call.of("POST /cleanup/orphans"));
  }

  private void workers(String node) throws Exception {
    var path = "PUT /nodes/{name}/max_workers";
    api.ask(200, Call.of(path, node).json("{\"max_workers\": null}"));
    api.ask(400, Call.of(path, node).json("{"));
    api.ask(422, Call.of(path, node).json("{\"max_workers\": 0}"));
    api.ask(404, Call.of(path, "none:1").json("{\"max_workers\": 1}"));
    try (var ruby = new RubyNode(up.url(), 1)) {
      assertThat(ruby.checkIn("echo")).isEqualTo(204);
      api.ask(409, Call.of(path, ruby.name()).json("{\"max_workers\": 1}"));
    }
  }

  private void schedules() throws Exception {
    var schedule =
        "{\"name\": \"a\", \"cron\": \"@yearly\","
            + " \"job\": {\"action\": \"probe\", \"inputs\": [[{\"value\": 1}]]}}";
    api.ask(201, Call.of("POST /schedules").json(schedule));
    api.ask(409, Call.of("POST /schedules").json(schedule));
    api.ask(400, Call.of("POST /schedules").json("{"));
    api.ask(422, Call.of("POST /schedules").json("{}"));
    api.ask(200, Call.of("GET /schedules"));
    api.ask(200, Call.of("GET /schedules/{name}", "a"));
    api.ask(404, Call.of("GET /schedules/{name}", "b"));
    for (String change : List.of("pause", "resume")) {
      api.ask(200, Call.of("POST /schedules/{name}/" + change, "a"));
      api.ask(404, Call.of("POST /schedules/{name}/" + change, "b"));
    }
    api.ask(201, Call.of("POST /schedules/{name}/run", "a"));
    api.ask(404, Call.of("POST /schedules/{name}/run", "b"));
    api.ask(204, Call.of("DELETE /schedules/{name}", "a"));
    api.ask(404, Call.of("DELETE /schedules/{name}", "a"));
  }

  private void bundles() throws Exception {
    var bundle = bundle("one");
    api.ask(200, Call.of("POST /bundles").query("dry_run=true").bytes(bundle));
    var deployed = api.ask(201, Call.of("POST /bundles").bytes(bundle));
    var sha256 = deployed.get("sha256").asText();
    api.ask(409, Call.of("POST /bundles").bytes(bundle("another")));
    api.ask(422, Call.of("POST /bundles").bytes("no zip".getBytes(StandardCharsets.UTF_8)));
    api.ask(200, Call.of("GET /bundles"));
    api.ask(200, Call.of("GET /bundles/{sha256}", sha256));
    api.ask(404, Call.of("GET /bundles/{sha256}", "0"));
    api.ask(404, Call.of("DELETE /bundles/{sha256}", "0"));
    crowd.configure("org.cloudcrowd.server.cfg", "deploy_from", "nowhere");
    askUntil(403, Call.of("DELETE /bundles/{sha256}", "0"));
    askUntil(403, Call.of("POST /bundles").bytes(bundle));
    crowd.configure("org.cloudcrowd.server.cfg", "deploy_from", "local");
    askUntil(200, Call.of("DELETE /bundles/{sha256}", sha256));
  }

  /** While a server takes up its configuration, it says now and then that it is starting. */
  private void askUntil(int status, Call call) {
    await().atMost(20, TimeUnit.SECONDS).untilAsserted(() -> api.ask(status, call));
  }

  /** The probe's, in a version of its own. */
  private byte[] bundle(String name) throws Exception {
    var file = crowd.folder().resolve(name + ".jar");
    ActionBundle.of(Path.of(System.getProperty("probe.bundle")))
        .withVersion("9.1.0")
        .with("Bundle-Name", name)
        .copyTo(file);
    return Files.readAllBytes(file);
  }

  private void events() throws Exception {
    api.ask(422, Call.of("GET /events").query("kinds=none"));
    // It has no end that one could wait for.
    try (var events = client.events(Set.of(), null, null)) {
      assertThat(events.next()).isNotNull();
      api.seen().add("GET /events 200");
    }
  }

  @Test
  void whatIsLongIsPackedForWhoAsksForIt() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(client.submit(Orders.probe(List.of(Map.of("value", i)))).status())
          .isNotEqualTo(Status.FAILED);
    }
    var request = HttpRequest.newBuilder(up.url().resolve("jobs"));
    var plain = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofByteArray());
    var packed =
        HttpClient.newHttpClient()
            .send(request.header("Accept-Encoding", "gzip").build(), BodyHandlers.ofByteArray());

    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(packed.body().length).isLessThan(plain.body().length / 3);
  }
}
