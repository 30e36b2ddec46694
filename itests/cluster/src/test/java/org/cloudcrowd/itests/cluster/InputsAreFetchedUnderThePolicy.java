package org.cloudcrowd.itests.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.client.ServerProblemException;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.JobView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InputsAreFetchedUnderThePolicy {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SHA_256 =
      "8a3ae5a5a1df0d3a4ba8d9ebdf9ddbdb7a2dfbd66d8d4a6d5c5ad5ea6ac1fd0e";

  @RegisterExtension final Crowd crowd = new Crowd("word-count");
  private final AtomicInteger hits = new AtomicInteger();
  private final ObjectMapper json = new ObjectMapper();
  private HttpServer files;
  private String base;

  @BeforeEach
  void serve() throws IOException {
    files = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    files.setExecutor(Executors.newCachedThreadPool());
    files.createContext(
        "/",
        exchange -> {
          hits.incrementAndGet();
          boolean found = exchange.getRequestURI().getPath().equals("/text.txt");
          var body = (found ? "one two three\n" : "an error page").getBytes(UTF_8);
          exchange.sendResponseHeaders(found ? 200 : 503, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    files.start();
    base = "http://127.0.0.1:" + files.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    files.stop(0);
  }

  private JobView job(CrowdClient client, Object... inputs) throws Exception {
    var job =
        client.submit(
            JobRequest.builder(
                    "word_count", Arrays.stream(inputs).<JsonNode>map(json::valueToTree).toList())
                .maxAttempts(1)
                .build());
    await().atMost(PATIENCE).until(() -> client.job(job.id()).status().isComplete());
    return client.job(job.id());
  }

  private static String failure(JobView job) {
    return job.failures().get(0).message();
  }

  @Test
  void byWhoeverIsOnTheMachineOfAServerThatListensAtLoopbackAlone() throws Exception {
    var client = crowd.up().client();

    var many = job(client, Collections.nCopies(20, base + "/text.txt").toArray());
    assertThat(many.outputs().get(0).intValue()).isEqualTo(60);
    // Units of a job on a node share a download.
    assertThat(hits.get()).isEqualTo(1);

    // An error page is no input.
    assertThat(failure(job(client, base + "/missing.txt")))
        .isEqualTo("cannot fetch " + base + "/missing.txt: the answer was HTTP 503");
    assertThat(failure(job(client, Map.of("url", base + "/text.txt", "sha256", SHA_256))))
        .contains("its SHA-256 is ")
        .contains(SHA_256 + " was asked for");
    assertThatThrownBy(() -> job(client, Map.of("url", base + "/text.txt", "sha256", "12")))
        .isInstanceOf(ServerProblemException.class)
        .hasMessageContaining("64 hexadecimal digits");
    assertThat(failure(job(client, "http://169.254.169.254/latest/meta-data/")))
        .contains("169.254.169.254 is a special address");
    assertThat(failure(job(client, base.replace("http:", "ftp:") + "/text.txt")))
        .contains("only URLs of http, https, file are fetched");
    var secret = failure(job(client, "http://joe:secret@127.0.0.1:1/a?token=hidden"));
    assertThat(secret).contains("no connection").doesNotContain("secret").doesNotContain("hidden");
    assertThat(Files.readString(crowd.conf().resolve("data/log/crowd.log")))
        .doesNotContain("secret")
        .doesNotContain("hidden");
  }

  @Test
  void byOthersOnlyWhatIsPublicAndFilesBelowRootsOfTheSameMachine() throws Exception {
    var inputs = Files.createDirectories(crowd.conf().resolve("inputs"));
    crowd.configure(
        "org.cloudcrowd.inputs.cfg", "file_roots", "${org.cloudcrowd.configuration}/inputs");
    var allowed = Files.writeString(inputs.resolve("a.txt"), "one two").toUri().toString();
    var other = Files.writeString(crowd.folder().resolve("b.txt"), "one two").toUri().toString();
    var up = crowd.up("--host", "0.0.0.0");
    var client = new CrowdClient(URI.create("http://127.0.0.1:" + up.url().getPort()));

    assertThat(failure(job(client, base + "/text.txt")))
        .contains("127.0.0.1 is a loopback address")
        .contains("'local' only where the server listens at loopback alone");
    assertThat(hits.get()).isZero();
    assertThat(job(client, allowed).outputs().get(0).intValue()).isEqualTo(2);
    assertThat(failure(job(client, other))).contains("not below the file_roots");
  }
}
