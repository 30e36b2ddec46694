package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.json.WireJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BadInputGetsOneClearLine {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = WireJson.newMapper();

  @RegisterExtension final Crowd crowd = new Crowd("word-count");

  private static void isOneLine(Crowd.Ended ended, int exitCode, String... parts) {
    assertThat(ended.exitCode()).isEqualTo(exitCode);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains(parts).doesNotContain("\tat ");
    if (exitCode == 1) {
      assertThat(ended.faults()).hasSize(1);
    }
  }

  @Test
  void aPortInUse() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = Integer.toString(taken.getLocalPort());

      var ended = crowd.run("-c", crowd.conf().toString(), "server", "-p", port);

      isOneLine(ended, 1, "crowd: cannot listen at 127.0.0.1:" + port, "choose another port");
    }
  }

  @Test
  void aDatabaseWhoseUrlIsNone() throws Exception {
    var conf = crowd.conf().toString();

    isOneLine(
        crowd.run("-c", conf, "up", "-p", "0", "--database", "postgres://user:secret@host/name"),
        1,
        "crowd: the database's URL begins with postgres://, and must be as"
            + " jdbc:postgresql://HOST:5432/NAME; see --database");
    isOneLine(
        crowd.run("-c", conf, "up", "-p", "0", "--database", "jdbc:mysql://host/name"),
        1,
        "and must be as jdbc:postgresql://HOST:5432/NAME");
    isOneLine(
        crowd.run("-c", conf, "up", "-p", "0", "--database", "crowd"),
        1,
        "crowd: the database's URL is none, and must be as jdbc:postgresql://HOST:5432/NAME");
  }

  @Test
  void tooFewOpenFiles() throws Exception {
    crowd.around(List.of("prlimit", "--nofile=256", "--"));
    var up = crowd.launch("up", "-p", "0", "--node-port", "0");

    await().atMost(30, TimeUnit.SECONDS).until(() -> !up.isAlive());

    assertThat(up.errors())
        .isEqualTo(
            "crowd: a process may have 256 files open here, and a container needs 1024; raise it"
                + " by ulimit -n 4096, or by LimitNOFILE=4096 in a service of systemd\n");
  }

  @Test
  void aDataFolderThatCannotBeWritten() throws Exception {
    var file = Files.createFile(crowd.folder().resolve("file"));

    var ended = crowd.run("-c", crowd.conf().toString(), "up", "--data", file + "/data");

    isOneLine(ended, 1, "crowd: the data folder " + file + "/data cannot be written to");
  }

  @Test
  void aDataFolderInUse() throws Exception {
    crowd.up();

    var ended = crowd.run("-c", crowd.conf().toString(), "up", "-p", "0", "--node-port", "0");

    isOneLine(ended, 1, "is in use by another server");
  }

  @Test
  void noConfiguration() throws Exception {
    var ended = crowd.run("-c", crowd.folder().resolve("none").toString(), "up");

    isOneLine(ended, 1, "there is no configuration in", "crowd install");
  }

  @Test
  void aConfigurationValueThatDoesNotParse() throws Exception {
    crowd.configure("org.cloudcrowd.server.cfg", "max_attempts", "many");

    var ended = crowd.run("-c", crowd.conf().toString(), "up", "-p", "0", "--node-port", "0");

    isOneLine(
        ended,
        1,
        "etc/org.cloudcrowd.server.cfg: max_attempts = many is not a whole number",
        "How many attempts");
  }

  @Test
  void aFormerKeyIsReadAsThatOfToday() throws Exception {
    var file = crowd.conf().resolve("etc/org.cloudcrowd.server.cfg");
    Files.writeString(
        file,
        Files.readString(file).replaceFirst("(?m)^max_attempts = .*", "work_unit_retries = x"));

    var ended = crowd.run("-c", crowd.conf().toString(), "up", "-p", "0", "--node-port", "0");

    isOneLine(ended, 1, "etc/org.cloudcrowd.server.cfg: max_attempts = x is not a whole number");
  }

  @Test
  void aConfigurationKeyThatNobodyKnows() throws Exception {
    var file = crowd.conf().resolve("etc/org.cloudcrowd.node.cfg");
    Files.writeString(file, Files.readString(file) + "\nmax_wrokers = 3\n");

    var ended = crowd.run("-c", crowd.conf().toString(), "up", "-p", "0", "--node-port", "0");

    isOneLine(ended, 1, "etc/org.cloudcrowd.node.cfg: max_wrokers is not known", "max_workers");
  }

  @Test
  void eachFileThatIsMissingIsNamedAtOnceInOneLine() throws Exception {
    var etc = crowd.conf().resolve("etc");
    var deleted = new ArrayList<String>();
    try (var files = Files.newDirectoryStream(etc, "org.cloudcrowd.*.cfg")) {
      for (Path file : files) {
        Files.delete(file);
        deleted.add(file.getFileName().toString());
      }
    }
    // Nothing is configured by these where they are not wanted.
    var unneeded =
        List.of(
            "org.cloudcrowd.action-example.cfg",
            "org.cloudcrowd.assets.s3.cfg",
            "org.cloudcrowd.cors.cfg");

    var up = crowd.launch("up", "-p", "0", "--node-port", "0");

    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> up.faults().size() >= deleted.size() - unneeded.size());
    assertThat(up.stop()).isTrue();
    assertThat(up.faults())
        .allMatch(line -> line.startsWith("crowd: there is no etc/"))
        .extracting(line -> line.replaceAll("crowd: there is no etc/(.*), without which .*", "$1"))
        .containsExactlyInAnyOrderElementsOf(
            deleted.stream().filter(file -> !unneeded.contains(file)).toList());
  }

  @Test
  void aContainerThatLacksAFileSaysSoAndStartsTheRest() throws Exception {
    Files.delete(crowd.conf().resolve("etc/org.cloudcrowd.node.cfg"));
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }

    var up = crowd.launch("up", "-p", Integer.toString(port), "--node-port", "0");

    var server = new CrowdClient(URI.create("http://127.0.0.1:" + port + "/"));
    await()
        .atMost(30, TimeUnit.SECONDS)
        .ignoreExceptions()
        .until(() -> server.status().nodes().isEmpty());
    await().atMost(30, TimeUnit.SECONDS).until(() -> !up.faults().isEmpty());
    // What waits for nothing but the parts without a file is not told.
    assertThat(up.faults())
        .singleElement(InstanceOfAssertFactories.STRING)
        .isEqualTo(
            "crowd: there is no etc/org.cloudcrowd.node.cfg, without which"
                + " org.cloudcrowd.node.NodeSettings and what depends on it do not start");
    assertThat(up.stop()).isTrue();
  }

  @Test
  void aComponentThatFailsIsNamedWithItsCauseAlone() throws Exception {
    crowd.configure("org.cloudcrowd.assets.cfg", "storage", "s3");

    var up = crowd.launch("up", "-p", "0", "--node-port", "0");

    await().atMost(30, TimeUnit.SECONDS).until(() -> !up.faults().isEmpty());
    assertThat(up.stop()).isTrue();
    assertThat(up.faults())
        .containsExactly(
            "crowd: component org.cloudcrowd.assets.s3.S3AssetStore failed to start:"
                + " etc/org.cloudcrowd.assets.s3.cfg: s3_bucket is empty, and"
                + " etc/org.cloudcrowd.assets.cfg chooses s3");
  }

  @Test
  void aBadValueInARunningContainerChangesNothing() throws Exception {
    var up = crowd.up("--tag", "mine", "--max-workers", "3");
    var node = up.client().status().nodes().get(0);
    assertThat(node.tag()).isEqualTo("mine");
    assertThat(node.maxWorkers()).isEqualTo(3);

    crowd.configure("org.cloudcrowd.server.cfg", "lease_seconds", "soon");

    var log = crowd.conf().resolve("data/log/crowd.log");
    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> Files.readString(log).contains("lease_seconds = soon is not a whole number"));
    await()
        .atMost(20, TimeUnit.SECONDS)
        .ignoreExceptions()
        .until(() -> up.client().status().nodes().size() == 1);
  }

  @Test
  void commandsThatAreNotUnderstood() throws Exception {
    isOneLine(crowd.run("fly"), 2, "fly");
    isOneLine(
        crowd.run("submit", "word_count", "no/such/file"), 2, "there is no file no/such/file");
    isOneLine(
        crowd.run("submit", "word_count", "nosuchfile.txt"),
        2,
        "there is no file nosuchfile.txt; with --literal, inputs are texts as they stand");
    isOneLine(crowd.run("submit", "a", "b", "--options", "{"), 2, "--options is no JSON");
    isOneLine(crowd.run("submit", "word_count"), 2, "say an ACTION and at least one INPUT");
    isOneLine(crowd.run("submit", "--file", "none.json"), 2, "there is no file none.json");
    var list = Files.writeString(crowd.folder().resolve("list.json"), "[1]");
    isOneLine(crowd.run("submit", "--file", list.toString()), 2, "list.json must be a JSON object");
    var half = Files.writeString(crowd.folder().resolve("half.json"), "{\"action\":");
    isOneLine(crowd.run("submit", "--file", half.toString()), 2, "half.json is no JSON: ");
    isOneLine(
        crowd.run("submit", "a", "b", "--options", "[]"), 2, "--options must be a JSON object");
    isOneLine(crowd.run("up", "-p", "70000"), 2, "port 70000 is not within 0 to 65535");
    isOneLine(crowd.run("jobs", "--server", "nowhere"), 2, "is no URL of a server");
    isOneLine(
        crowd.run("jobs", "--server", "http://127.0.0.1:1/"),
        1,
        "crowd: no server answers at http://127.0.0.1:1/");
  }

  @Test
  void helpAndVersionSayWhatThereIs() throws Exception {
    assertThat(crowd.run("--version").out()).matches("crowd \\d+\\.\\d+.*\n");
    assertThat(crowd.run("--help").out())
        .contains("install", "up", "server", "node", "submit", "job", "jobs");
    for (String command : new String[] {"up", "server", "node"}) {
      assertThat(crowd.run(command, "--help").out()).contains("--host", "--data", "--config");
    }
  }

  @Test
  void installKeepsWhatIsThere() throws Exception {
    crowd.configure("org.cloudcrowd.server.cfg", "lease_seconds", "20");

    var again = crowd.run("install", crowd.conf().toString());

    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("kept ");
    assertThat(crowd.conf().resolve("etc/org.cloudcrowd.server.cfg"))
        .content()
        .contains("lease_seconds = 20");
  }

  @Test
  void jsonIsPrintedAlone() throws Exception {
    var up = crowd.up();
    var server = up.url().toString();

    var posted =
        crowd.run(
            "submit",
            "word_count",
            crowd.conf() + "/etc/org.cloudcrowd.node.cfg",
            "-o",
            "n=1",
            "--wait",
            "--json",
            "--server",
            server);
    var job = JSON.readValue(posted.out(), JobView.class);
    assertThat(job.outputs().get(0).asInt()).isPositive();

    assertThat(
            JSON.readTree(crowd.run("job", "1", "--json", "--server", server).out())
                .get("id")
                .asInt())
        .isEqualTo(1);
    assertThat(JSON.readTree(crowd.run("jobs", "--json", "--server", server).out()).get("jobs"))
        .hasSize(1);
    assertThat(crowd.run("jobs", "--server", server).out())
        .contains("word_count", "succeeded", "100%");
    isOneLine(crowd.run("job", "99", "--server", server), 1, "crowd: there is no job 99");
  }

  @Test
  void requestsThatCannotBeDone() throws Exception {
    var up = crowd.up();
    problem(
        up,
        "{\"action\":\"fly\",\"inputs\":[1]}",
        422,
        "/action",
        "no node has advertised the action 'fly'; known are: probe, word_count");
    problem(up, "{\"inputs\":[1]}", 422, "/action", "action must name");
    problem(up, "{\"action\":3,\"inputs\":[1]}", 422, "/action", "must be a string");
    problem(up, "{\"action\":\"probe\"}", 422, "/inputs", "inputs is missing");
    problem(up, "{\"action\":\"probe\",\"inputs\":\"x\"}", 422, "/inputs", "must be a list");
    problem(up, "{\"action\":\"probe\",\"inputs\":[]}", 422, "/inputs", "at least one input");
    problem(
        up,
        "{\"action\":\"probe\",\"inputs\":[1],\"options\":[]}",
        422,
        "/options",
        "must be an object");
    problem(
        up,
        "{\"action\":\"probe\",\"inputs\":[1],\"callback_url\":\"x\"}",
        422,
        "/callback_url",
        "http or https");
    problem(up, "[]", 422, "", "a job is a JSON object");
    problem(up, "{\"action\":", 400, null, "line 1");
    problem(up, "", 422, "", "a job is a JSON object");
    for (String path : new String[] {"jobs/99", "jobs/x", "jobs/99/units", "nothing"}) {
      assertThat(get(up, path).statusCode()).as(path).isEqualTo(404);
      assertThat(get(up, path).headers().firstValue("Content-Type"))
          .contains("application/problem+json");
    }
    assertThat(get(up, "jobs?status=odd").statusCode()).isEqualTo(422);
    assertThat(get(up, "jobs?limit=0").statusCode()).isEqualTo(422);
    assertThat(get(up, "jobs?after=x").statusCode()).isEqualTo(422);
    assertThat(post(up, "jobs", "text/plain", "x").statusCode()).isEqualTo(415);
    assertThat(up.client().jobs(10, null).jobs()).isEmpty();
  }

  @Test
  void aRubyClientsFormMakesAJob() throws Exception {
    var up = crowd.up();
    var json = "{\"action\":\"probe\",\"inputs\":[[{\"value\":4}]],\"email\":\"a@b\"}";

    var posted =
        post(
            up,
            "jobs",
            "application/x-www-form-urlencoded",
            "job=" + URLEncoder.encode(json, StandardCharsets.UTF_8));

    assertThat(posted.statusCode()).isEqualTo(200);
    var job = JSON.readValue(posted.body(), JobView.class);
    assertThat(job.email()).isEqualTo("a@b");
    assertThat(job.workUnits()).isOne();
    assertThat(job.workUnitsTotal()).isOne();
    assertThat(job.color()).matches("[0-9a-f]{6}");
    assertThat(Orders.await(up.client(), job).outputs().get(0).get(0).asInt()).isEqualTo(4);
    assertThat(post(up, "jobs", "application/x-www-form-urlencoded", "x=1").statusCode())
        .isEqualTo(422);
    assertThat(post(up, "jobs", "application/x-www-form-urlencoded", "job=%7B").statusCode())
        .isEqualTo(400);
    assertThat(get(up, "heartbeat").body()).isEqualTo("buh-bump");
    var inParts =
        post(
            up,
            "jobs",
            "multipart/form-data; boundary=part",
            "--part\r\nContent-Disposition: form-data; name=\"job\"\r\n\r\n"
                + json
                + "\r\n--part--\r\n");
    assertThat(inParts.statusCode()).as(inParts.body()).isEqualTo(200);
    var id = JSON.readTree(inParts.body()).get("id").asLong();
    assertThat(post(up, "jobs", "multipart/form-data", "job").statusCode()).isEqualTo(422);
    var deleted = post(up, "jobs/" + id, "application/x-www-form-urlencoded", "_method=delete");
    assertThat(deleted.statusCode()).isEqualTo(204);
    assertThat(get(up, "jobs/" + id).statusCode()).isEqualTo(404);
    var status = JSON.readTree(get(up, "status").body());
    for (String field : List.of("jobs", "nodes", "job_count", "work_unit_count")) {
      assertThat(status.has(field)).as(field).isTrue();
    }
  }

  private static void problem(
      Crowd.Running up, String body, int status, String field, String detail) throws Exception {
    var response = post(up, "jobs", "application/json", body);
    assertThat(response.statusCode()).as(body).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = JSON.readTree(response.body());
    assertThat(problem.path("field").isMissingNode() ? null : problem.get("field").asText())
        .as(body)
        .isEqualTo(field);
    assertThat(problem.get("detail").asText()).contains(detail);
  }

  private static HttpResponse<String> get(Crowd.Running up, String path) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(up.url().resolve(path)).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(Crowd.Running up, String path, String type, String body)
      throws Exception {
    URI url = up.url().resolve(path);
    return HTTP.send(
        HttpRequest.newBuilder(url)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
