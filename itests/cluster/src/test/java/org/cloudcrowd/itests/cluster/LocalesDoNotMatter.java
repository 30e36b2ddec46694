package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.cloudcrowd.itests.cluster.faults.RealPostgres;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** P22: what was sent arrives, whatever locale a server, a node and a command are started with. */
class LocalesDoNotMatter {
  private static final String TEXT = "grüße ß € 報告 \uD83D\uDE00";

  private static final int CREATED = 201;

  @RegisterExtension final Crowd crowd = new Crowd("word-count");

  private void locale(String name) {
    crowd.environment("LC_ALL", name);
    crowd.environment("LANG", name);
  }

  /** A text of JSON as it is, from the body of a request to the body of an answer. */
  private void assertThatNumbersArrive(Crowd.Running up) throws Exception {
    var payload =
        "{\"n\":[1e400,-0,2.50,0.1000000000000000055511151231257827021181583404541015625,"
            + "123456789012345678901234567890]}";
    DroppedProgram.script("echo", "printf %s \"$CROWD_INPUT\"")
        .copyTo(crowd.conf().resolve("actions").resolve("echo"));
    var request =
        HttpRequest.newBuilder(up.url().resolve("jobs"))
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"action\":\"echo\",\"inputs\":["
                        + payload
                        + "],\"options\":"
                        + payload
                        + "}"))
            .build();
    var http = HttpClient.newHttpClient();
    var posted =
        Awaitility.await()
            .until(
                () -> http.send(request, BodyHandlers.ofString()),
                answer -> answer.statusCode() == CREATED);
    var job = URI.create(posted.headers().firstValue("Location").orElseThrow());

    var ended =
        Awaitility.await()
            .atMost(30, TimeUnit.SECONDS)
            .until(
                () ->
                    http.send(HttpRequest.newBuilder(job).build(), BodyHandlers.ofString()).body(),
                body -> body.contains("\"succeeded\"") || body.contains("\"failed\""));

    assertThat(ended).contains("\"outputs\":[" + payload + "]");
    var units =
        http.send(
                HttpRequest.newBuilder(URI.create(job + "/units")).build(), BodyHandlers.ofString())
            .body();
    assertThat(units).contains("\"input\":" + payload).contains("\"output\":" + payload);
  }

  private void assertThatTextsArrive(Crowd.Running up) throws Exception {
    DroppedProgram.script(
            "tell",
            "printf '{\"input\": \"%s\", \"words\": ' \"$CROWD_INPUT\";"
                + " printf 'слово и слово' | wc -w; echo '}'")
        .copyTo(crowd.conf().resolve("actions").resolve("tell"));
    var client = up.client();
    var job =
        Awaitility.await()
            .ignoreExceptionsInstanceOf(IOException.class)
            .until(
                () -> client.submit(JobRequest.of("tell", List.of(TextNode.valueOf(TEXT)), null)),
                submitted -> submitted != null);
    var told = Orders.await(client, job);
    assertThat(told.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(told.outputs().get(0).get("input").textValue()).isEqualTo(TEXT);
    assertThat(told.outputs().get(0).get("words").asInt()).isEqualTo(3);
    var file = Files.writeString(crowd.folder().resolve("ü 報告.txt"), "слово и слово раз");

    var ended =
        crowd.run(
            "submit", "word_count", file.toString(), "--wait", "--server", up.url().toString());

    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).contains("4");
  }

  @Test
  void inTheLocaleOfServices() throws Exception {
    locale("C");
    var up = crowd.up("--max-workers", "1");
    assertThatTextsArrive(up);
    assertThatNumbersArrive(up);
  }

  @Test
  void inOneThatIsNotInstalledAndInTurkishOnPostgres() throws Exception {
    locale("ja_JP.UTF-8");
    crowd.environment(
        "CROWD_JAVA_OPTIONS",
        Home.UNPACKED.options()
            + " -Duser.language=tr -Duser.country=TR -Duser.timezone=Asia/Tokyo");
    crowd.configure("org.cloudcrowd.store.cfg", "user", "postgres");
    try (var postgres = new RealPostgres()) {
      var up = crowd.up("--max-workers", "1", "--database", postgres.url());
      assertThatTextsArrive(up);
      assertThatNumbersArrive(up);
      up.stop();
    }
  }
}
