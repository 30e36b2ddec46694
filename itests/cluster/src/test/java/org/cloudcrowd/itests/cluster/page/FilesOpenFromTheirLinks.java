package org.cloudcrowd.itests.cluster.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.itests.cluster.Crowd;
import org.cloudcrowd.itests.cluster.DroppedProgram;
import org.cloudcrowd.itests.cluster.Orders;
import org.cloudcrowd.protocol.job.JobRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What actions save, as people open it: by its link, in a browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FilesOpenFromTheirLinks {
  private static final List<String> ODD =
      List.of("100%.txt", "%41.txt", "a#b.txt", "ü ß?.txt", "back\\slash.txt", "報告;v=1+2.txt");

  @RegisterExtension private final Crowd crowd = new Crowd();
  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private Crowd.Running up;
  private JsonNode links;
  private Browser browser;

  private static void run(String... command) throws Exception {
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
  }

  @BeforeAll
  void saveFiles() throws Exception {
    var folder = Files.createDirectory(crowd.folder().resolve("files"));
    run("ffmpeg", "-f", "lavfi", "-i", "sine=d=1", in(folder, "sound.wav"));
    run("ffmpeg", "-f", "lavfi", "-i", "testsrc=d=1:s=64x48", in(folder, "film.webm"));
    run("gs", "-q", "-sDEVICE=pdfwrite", "-o", in(folder, "page.pdf"), "-c", "showpage");
    Files.writeString(folder.resolve("page.html"), "<script>document.title='ran'</script>");
    Files.write(folder.resolve("latin.txt"), new byte[] {'c', 'a', 'f', (byte) 0xe9});
    for (String name : ODD) {
      Files.writeString(folder.resolve(name), "grüße");
    }
    var output = json.createObjectNode();
    try (var files = Files.list(folder)) {
      files
          .map(file -> file.getFileName().toString())
          .forEach(name -> output.set(name, json.createObjectNode().put("saved", name)));
    }
    var answer = Files.writeString(crowd.folder().resolve("answer"), output.toString());
    DroppedProgram.script("files", "cp " + folder + "/* save/; cat " + answer)
        .copyTo(crowd.conf().resolve("actions").resolve("files"));
    crowd.configure("org.cloudcrowd.assets.links.cfg", "links", "server");
    up = crowd.up();
    var client = up.client();
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> client.actions().stream().anyMatch(offer -> offer.name().equals("files")));
    var job =
        Orders.await(
            client, client.submit(JobRequest.of("files", List.of(TextNode.valueOf("x")), null)));
    links = job.outputs().get(0);
    browser = new Browser(up.url());
  }

  private static String in(Path folder, String name) {
    return folder.resolve(name).toString();
  }

  @AfterAll
  void stop() {
    browser.close();
    crowd.close();
  }

  private String link(String name) {
    return links.get(name).asText();
  }

  private HttpResponse<String> get(String url) throws Exception {
    return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString(UTF_8));
  }

  private static String type(HttpResponse<String> answer) {
    return answer.headers().firstValue("Content-Type").orElse("").replace(" ", "");
  }

  @Test
  void whateverTheirNames() throws Exception {
    for (String name : ODD) {
      var answer = get(link(name));
      assertThat(answer.statusCode()).as(name).isEqualTo(200);
      assertThat(answer.body()).as(name).isEqualTo("grüße");
      assertThat(type(answer)).as(name).isEqualToIgnoringCase("text/plain;charset=utf-8");
    }
    assertThat(type(get(link("latin.txt")))).isEqualTo("text/plain");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sound.wav", "film.webm"})
  void soundsAndFilmsPlay(String name) {
    browser.follow(link(name));

    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(
            () -> browser.script("return document.querySelector('video')?.duration > 0.9"),
            Boolean.TRUE::equals);
  }

  /** Chromium's reader opens none in a sandbox; without a screen it draws none at all. */
  @Test
  void pdfsLieInNoSandbox() throws Exception {
    var answer = get(link("page.pdf"));

    assertThat(type(answer)).isEqualTo("application/pdf");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("object-src 'self'")
        .doesNotContain("sandbox");
  }

  @Test
  void pagesRunNothing() {
    browser.follow(link("page.html"));

    assertThat(browser.script("return document.title")).isEqualTo("");
  }

  @Test
  void whatIsNoRequestIsAnsweredWithAProblem() throws Exception {
    for (String path : List.of("/jobs/%zz", "/jobs/%00", "/a b")) {
      var answer = raw("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(answer.get(0)).as(path).contains(" 400 ");
      assertThat(answer).as(path).contains("Content-Type: application/problem+json");
      var problem = json.readTree(answer.get(answer.size() - 1));
      assertThat(problem.path("status").asInt()).as(path).isEqualTo(400);
      assertThat(problem.path("detail").asText()).as(path).isNotEmpty();
    }
    var large =
        "GET / HTTP/1.1\r\nHost: a\r\nX-Large: "
            + "x".repeat(20_000)
            + "\r\nConnection: close\r\n\r\n";
    assertThat(raw(large)).contains("Content-Type: application/problem+json");
  }

  private List<String> raw(String request) throws IOException {
    try (var socket = new Socket(up.url().getHost(), up.url().getPort())) {
      var out = new OutputStreamWriter(socket.getOutputStream(), UTF_8);
      out.write(request);
      out.flush();
      socket.setSoTimeout(20_000);
      return new ArrayList<>(
          new String(socket.getInputStream().readAllBytes(), UTF_8).lines().toList());
    }
  }
}
