package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.client.CrowdClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A correlation id from a request to what its work units print, and logs for machines. */
class ErrandsAreFollowedThroughTheLogs {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JOB =
      "{\"action\": \"probe\", \"inputs\": [[{\"value\": 1, \"tell\": \"correlation\"}]]}";

  @RegisterExtension final Crowd crowd = new Crowd();

  private Path log() {
    return crowd.conf().resolve("data/log/crowd.log");
  }

  private static HttpResponse<String> post(Crowd.Running up, String... headers) throws Exception {
    var request =
        HttpRequest.newBuilder(up.url().resolve("jobs"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JOB));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private static String printed(CrowdClient client, long jobId) throws Exception {
    Orders.await(client, client.job(jobId));
    var log = new StringBuilder();
    for (var unit : client.units(jobId, 10, null).units()) {
      log.append(client.log(unit.id(), null));
    }
    return log.toString();
  }

  @Test
  void theClientsIdIsInTheAnswerTheJobTheLogsAndTheWorker() throws Exception {
    var up = crowd.up();

    var answer = post(up, "X-Correlation-Id", "errand-7/a");

    assertThat(answer.headers().firstValue("X-Correlation-Id")).contains("errand-7/a");
    var job = JSON.readTree(answer.body());
    assertThat(job.get("correlation_id").asText()).isEqualTo("errand-7/a");
    assertThat(printed(up.client(), job.get("id").asLong())).contains("errand-7/a");
    await()
        .atMost(10, TimeUnit.SECONDS)
        .untilAsserted(
            () ->
                assertThat(Files.readString(log()))
                    .contains("correlation id errand-7/a [errand-7/a]"));
  }

  @Test
  void whereThereIsNoneOrNoneThatMayStandInALogTheServerMakesOneUp() throws Exception {
    var up = crowd.up();

    for (var answer : List.of(post(up), post(up, "X-Correlation-Id", "a b<script>"))) {
      var id = answer.headers().firstValue("X-Correlation-Id").orElseThrow();
      assertThat(id).matches("[0-9a-f-]{36}");
      var job = JSON.readTree(answer.body());
      assertThat(job.get("correlation_id").asText()).isEqualTo(id);
      assertThat(printed(up.client(), job.get("id").asLong())).contains(id);
    }
  }

  @Test
  void theLogIsJsonWhereThatIsWished() throws Exception {
    var file = crowd.conf().resolve("etc/org.ops4j.pax.logging.cfg");
    Files.writeString(
        file,
        Files.readString(file)
            .replaceAll("(?m)^log4j2.appender.file.layout.(type|pattern) = .*$", "")
            .replace("# log4j2.appender.file.layout", "log4j2.appender.file.layout"));
    var up = crowd.up();
    var id = JSON.readTree(post(up, "X-Correlation-Id", "errand-8").body()).get("id").asLong();
    Orders.await(up.client(), up.client().job(id));

    await()
        .atMost(10, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(Files.readString(log())).contains("errand-8"));
    assertThat(Files.readAllLines(log()))
        .allSatisfy(line -> assertThat(parsed(line).has("message")).isTrue())
        .anySatisfy(
            line ->
                assertThat(parsed(line).toString())
                    .contains("correlation id errand-8", "\"correlation_id\":\"errand-8\""));
  }

  private static JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + line, e);
    }
  }
}
