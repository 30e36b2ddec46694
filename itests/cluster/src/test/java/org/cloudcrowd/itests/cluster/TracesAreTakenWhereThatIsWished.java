package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A container started with OpenTelemetry's agent, which prints its spans. */
class TracesAreTakenWhereThatIsWished {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  @RegisterExtension final Crowd crowd = new Crowd();

  @Test
  void aRequestGoesOnInTheTraceOfItsClient() throws Exception {
    crowd.environment(
        "CROWD_JAVA_OPTIONS",
        "-javaagent:"
            + System.getProperty("opentelemetry.agent")
            + " -Dotel.traces.exporter=console -Dotel.metrics.exporter=none"
            + " -Dotel.logs.exporter=none");
    var server = crowd.start("server", "-p", "0");

    var answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.url().resolve("jobs"))
                    .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                    .build(),
                BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
    await()
        .atMost(30, TimeUnit.SECONDS)
        .untilAsserted(
            () ->
                assertThat(server.errors().lines())
                    .as("the request")
                    .anyMatch(line -> line.contains("'GET /") && line.contains(TRACE + " "))
                    .as("a statement in its database")
                    .anyMatch(line -> line.contains("SELECT") && line.contains(TRACE + " ")));
  }
}
