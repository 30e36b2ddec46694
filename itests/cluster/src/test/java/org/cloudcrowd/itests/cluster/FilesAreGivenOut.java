package org.cloudcrowd.itests.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.JobView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What actions save, in the filesystem: who gets it, and when it goes. */
class FilesAreGivenOut {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @RegisterExtension final Crowd crowd = new Crowd();
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();

  private JobView job(CrowdClient client, Object... probes) throws Exception {
    var job =
        client.submit(
            JobRequest.builder("probe", List.of(json.valueToTree(List.of(probes)))).build());
    await().atMost(PATIENCE).until(() -> client.job(job.id()).status().isComplete());
    return client.job(job.id());
  }

  private HttpResponse<String> get(String url, String... headers) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString(UTF_8));
  }

  private Path assets() {
    return crowd.conf().resolve("data/assets");
  }

  private List<String> files() throws IOException {
    if (!Files.exists(assets())) {
      return List.of();
    }
    try (var files = Files.walk(assets())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> assets().relativize(file).toString())
          .toList();
    }
  }

  @Test
  void byLinksOfTheServerWithRangesTypesAndSignatures() throws Exception {
    crowd.configure("org.cloudcrowd.assets.links.cfg", "links", "server");
    var up = crowd.up();
    var job = job(up.client(), Map.of("save", "0123456789"));
    var link = job.outputs().get(0).get(0).textValue();

    assertThat(link)
        .startsWith(up.url() + "assets/probe/job_" + job.id() + "/unit_")
        .containsPattern("/attempt_\\d+/saved.txt\\?expires=");
    var whole = get(link);
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo("0123456789");
    assertThat(whole.headers().firstValue("Content-Type").orElse("").replace(" ", ""))
        .isEqualToIgnoringCase("text/plain;charset=utf-8");
    assertThat(whole.headers().firstValue("Content-Length")).contains("10");
    assertThat(whole.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(whole.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("sandbox");
    var tag = whole.headers().firstValue("ETag").orElseThrow();
    assertThat(get(link, "If-None-Match", tag).statusCode()).isEqualTo(304);

    var part = get(link, "Range", "bytes=2-4");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("234");
    assertThat(part.headers().firstValue("Content-Range")).contains("bytes 2-4/10");
    assertThat(get(link, "Range", "bytes=-3").body()).isEqualTo("789");
    assertThat(get(link, "Range", "bytes=7-").body()).isEqualTo("789");
    assertThat(get(link, "Range", "bytes=2-4", "If-Range", "\"other\"").body()).hasSize(10);
    assertThat(get(link, "Range", "bytes=10-").statusCode()).isEqualTo(416);

    for (String bad :
        List.of(
            link.replaceFirst("expires=\\d+", "expires=9999999999"),
            link.replaceFirst("attempt_\\d+", "attempt_99"),
            link.replaceFirst("&signature=.*", ""),
            link.replaceFirst("\\?.*", ""))) {
      assertThat(get(bad).statusCode()).as(bad).isEqualTo(403);
    }
    assertThat(get(up.url() + "assets/probe/%2E%2E/job_1").statusCode()).isIn(400, 404);

    // After a restart with the same data, links are still valid.
    up.client().delete(job.id());
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(files()).isEmpty());
    assertThat(get(link).statusCode()).isEqualTo(404);
  }

  @Test
  void asFileUrlsWhereOnlyThisMachineCanReachTheServerAndOnlyTheCountedAttemptsStay()
      throws Exception {
    var up = crowd.up();
    var client = up.client();
    var once = crowd.folder().resolve("once");
    var job = job(client, Map.of("keep", "early", "need", once.toString(), "save", "late"));
    assertThat(job.status().name()).isEqualTo("FAILED");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(files()).isEmpty());

    Files.createFile(once);
    client.retry(job.id());
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                client.job(job.id()).outputs() != null
                    && client.job(job.id()).status().name().equals("SUCCEEDED"));
    var output = client.job(job.id()).outputs().get(0).get(0).textValue();
    assertThat(output).startsWith("file:///");
    assertThat(Path.of(URI.create(output))).hasContent("late");
    assertThat(files()).hasSize(2).allMatch(file -> file.contains("/attempt_4/"));

    // What no job owns, and old jobs.
    var orphan = Files.createDirectories(assets().resolve("probe/job_4711/unit_1/attempt_1"));
    Files.writeString(orphan.resolve("left.txt"), "left");
    var dry = crowd.run("cleanup", "--orphans", "--dry-run", "--server", up.url().toString());
    assertThat(dry.out()).contains("probe job 4711").contains("not there: 1");
    assertThat(orphan.resolve("left.txt")).exists();
    var removed = crowd.run("cleanup", "--orphans", "--server", up.url().toString());
    assertThat(removed.out()).contains("removed files of jobs: 1");
    assertThat(orphan.resolve("left.txt")).doesNotExist();
    assertThat(Path.of(URI.create(output))).exists();

    assertThat(crowd.run("cleanup", "--server", up.url().toString()).out())
        .contains("deleted jobs: 0");
    assertThat(crowd.run("cleanup", "--days", "-1", "--server", up.url().toString()).err())
        .contains("days must be from 0");
    assertThat(crowd.run("cleanup", "--days", "0", "--server", up.url().toString()).out())
        .contains("deleted jobs: 1");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(files()).isEmpty());

    // By itself, after a thousandth of a second. The server is not there while it takes that up.
    crowd.configure("org.cloudcrowd.server.cfg", "job_retention_days", "0.00000001");
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () ->
                client
                        .submit(
                            JobRequest.builder(
                                    "probe",
                                    List.of(json.valueToTree(List.of(Map.of("save", "x")))))
                                .build())
                        .id()
                    > 0);
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> client.jobs(100, null).jobs().isEmpty());
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(files()).isEmpty());
  }
}
