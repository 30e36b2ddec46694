package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** P21: a server whose dispatcher fails all the time, which answers everything else. */
class ReadyMeansWorking {
  @RegisterExtension final Crowd crowd = new Crowd();
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void aServerThatDispatchesNothingSaysSo() throws Exception {
    crowd.agent("mutant=CLAIMS_FAIL");
    var up = crowd.up("--max-workers", "1");
    var job = up.client().submit(Orders.probe(List.of(Map.of("value", 1))));

    await()
        .atMost(60, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(ready(up).statusCode()).isEqualTo(503));

    assertThat(ready(up).body())
        .contains("Work units have not been dispatched for 3", "the mutant lets it fail");
    assertThat(up.client().status().faults())
        .singleElement()
        .asString()
        .startsWith("Work units have not been dispatched for ");
    assertThat(up.client().job(job.id()).status().isComplete()).isFalse();
  }

  private HttpResponse<String> ready(Crowd.Running server) throws Exception {
    var request = HttpRequest.newBuilder(server.url().resolve("health/ready")).build();
    return http.send(request, BodyHandlers.ofString());
  }
}
