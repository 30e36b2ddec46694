package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.cloudcrowd.protocol.job.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code /metrics}, as Prometheus reads it. */
class MetricsAreRead {
  /** A line of the text format 0.0.4: a name, labels, and a number. */
  private static final Pattern SAMPLE =
      Pattern.compile(
          "[a-z_][a-z0-9_]*(\\{([a-z_]+=\"[^\"]*\",?)+\\})? (-?[0-9.]+(E-?[0-9]+)?|NaN|\\+Inf)");

  @RegisterExtension final Crowd crowd = new Crowd();
  private Crowd.Running up;

  @BeforeEach
  void start() throws Exception {
    up = crowd.up("--max-workers", "2");
  }

  private HttpResponse<String> metrics(String accept) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(up.url().resolve("metrics")).header("Accept", accept).build(),
            BodyHandlers.ofString());
  }

  @Test
  void whatTheClusterDoesIsCounted() throws Exception {
    var client = up.client();
    var go = crowd.folder().resolve("go");
    var ledger = crowd.folder().resolve("ledger");
    Orders.await(client, client.submit(Orders.probe(List.of(Map.of("value", 1)))));
    var failing =
        client.submit(Orders.probe(List.of(Map.of("fail", "bad"))).copy().maxAttempts(1).build());
    assertThat(Orders.await(client, failing).status()).isEqualTo(Status.FAILED);
    var waiting = client.submit(Orders.waiting(1, ledger, go));
    await().atMost(30, TimeUnit.SECONDS).until(() -> !Orders.ledger(ledger).isEmpty());

    var answer = metrics("text/plain");
    Files.createFile(go);
    Orders.await(client, waiting);

    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain;")
        .contains("version=0.0.4");
    assertThat(answer.body().lines())
        .contains(
            "# TYPE cloudcrowd_attempts_total counter",
            "cloudcrowd_attempts_total{action=\"probe\",outcome=\"failed\",stage=\"process\"} 1.0",
            "cloudcrowd_attempts_total{action=\"probe\",outcome=\"succeeded\",stage=\"merge\"} 1.0",
            "cloudcrowd_attempts_total{action=\"probe\",outcome=\"succeeded\",stage=\"split\"} 3.0",
            "# TYPE cloudcrowd_attempt_duration_seconds histogram",
            "cloudcrowd_attempt_duration_seconds_count{action=\"probe\",stage=\"process\"} 2",
            "cloudcrowd_work_units{action=\"probe\",state=\"running\"} 1.0",
            "cloudcrowd_jobs_open 1.0",
            "cloudcrowd_workers_max 2.0",
            "cloudcrowd_results_rejected_total 0.0",
            "cloudcrowd_leases_lost_total 0.0",
            "cloudcrowd_callbacks_waiting 0.0",
            "cloudcrowd_callback_lag_seconds 0.0")
        .anyMatch(line -> line.startsWith("cloudcrowd_nodes{status="))
        .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
        .allMatch(line -> line.startsWith("# ") || SAMPLE.matcher(line).matches());
  }

  @Test
  void whoSpeaksOpenMetricsGetsThem() throws Exception {
    var answer = metrics("application/openmetrics-text;version=1.0.0");

    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/openmetrics-text");
    assertThat(answer.body()).endsWith("# EOF\n");
  }
}
