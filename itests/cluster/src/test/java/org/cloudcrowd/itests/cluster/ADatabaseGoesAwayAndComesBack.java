package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.client.ServerProblemException;
import org.cloudcrowd.itests.cluster.faults.RealPostgres;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** P17: a real PostgreSQL that is killed, and started with the files that it had. */
class ADatabaseGoesAwayAndComesBack {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;
  private static final int UNITS = 120;
  private static final int KILLS = 3;

  @RegisterExtension final Crowd crowd = new Crowd();
  private RealPostgres postgres;
  private Crowd.Running server;
  private CrowdClient client;
  private Path ledger;

  @BeforeEach
  void start() throws Exception {
    ledger = crowd.folder().resolve("ledger");
    postgres = new RealPostgres();
    crowd.configure("org.cloudcrowd.store.cfg", "user", "postgres");
    crowd.configure("org.cloudcrowd.store.cfg", "connection_timeout_seconds", "2");
    crowd.configure("org.cloudcrowd.node.cfg", "heartbeat_seconds", "1");
    server = crowd.start("server", "-p", "0", "--database", postgres.url());
    client = server.client();
    crowd.node("node", server);
  }

  @AfterEach
  void stop() throws Exception {
    postgres.close();
  }

  private JobRequest slowUnits() {
    return Orders.probe(
        IntStream.rangeClosed(1, UNITS)
            .mapToObj(
                i -> Map.<String, Object>of("ledger", ledger.toString(), "pause", 50, "value", i))
            .toList());
  }

  @Test
  void whileUnitsRun() throws Exception {
    var job = client.submit(slowUnits());

    for (int kill = 1; kill <= KILLS; kill++) {
      int ledgerOfThen = Orders.ledger(ledger).size();
      await()
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> Orders.ledger(ledger).size() > ledgerOfThen + 10);
      postgres.killAndRestart();
    }

    // What is asked right after the last restart may still be refused.
    var done =
        await()
            .atMost(60, TimeUnit.SECONDS)
            .ignoreException(ServerProblemException.class)
            .until(() -> client.job(job.id()), now -> now.status().isComplete());
    assertThat(Orders.sum(done)).isEqualTo(Orders.sumOf(UNITS));
  }

  private HttpResponse<String> health(String what) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(server.url().resolve("health/" + what)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void whatIsAskedMeanwhileIsRefusedInOneSentenceAndMayBeAskedAgain() throws Exception {
    Orders.await(client, client.submit(Orders.probe(List.of(Map.of("value", 1)))));

    assertThat(health("ready").statusCode()).isEqualTo(OK);

    postgres.kill();

    assertThat(health("live").statusCode()).isEqualTo(OK);
    await().atMost(2, TimeUnit.SECONDS).until(() -> health("ready").statusCode() == UNAVAILABLE);
    assertThat(health("ready").body()).contains("The database is not available");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> client.submit(Orders.probe(List.of(Map.of("value", 2)))))
          .isInstanceOfSatisfying(
              ServerProblemException.class,
              e -> assertThat(e.problem().status()).isEqualTo(UNAVAILABLE))
          .hasMessageContaining("nothing was changed, and the request may be repeated");
    }
    postgres.restart();
    var job =
        await()
            .atMost(30, TimeUnit.SECONDS)
            .ignoreException(ServerProblemException.class)
            .until(
                () -> client.submit(Orders.probe(List.of(Map.of("value", 2)))),
                submitted -> submitted != null);
    assertThat(Orders.await(client, job).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(client.jobs(10, null).jobs()).hasSize(2);
    await().atMost(5, TimeUnit.SECONDS).until(() -> health("ready").statusCode() == OK);
    assertThat(server.errors()).doesNotContain("java.sql");
  }

  /** P21: with a hundred requests that wait for the database. */
  @Test
  void healthAndMetricsAreToldMeanwhileAndTheRestIsRefusedSoon() throws Exception {
    var http = HttpClient.newHttpClient();
    postgres.kill();
    var asked =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    http.sendAsync(
                        HttpRequest.newBuilder(server.url().resolve("jobs")).build(),
                        HttpResponse.BodyHandlers.ofString()))
            .toList();

    await().atMost(2, TimeUnit.SECONDS).until(() -> health("ready").statusCode() == UNAVAILABLE);
    for (String path : List.of("health/live", "heartbeat", "metrics")) {
      var request =
          HttpRequest.newBuilder(server.url().resolve(path)).timeout(Duration.ofSeconds(1)).build();
      var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path).isEqualTo(OK);
      if (path.equals("metrics")) {
        assertThat(answer.body()).contains("jvm_memory_used_bytes").doesNotContain("jobs_open ");
      }
    }
    for (var one : asked) {
      var answer = one.get(10, TimeUnit.SECONDS);
      assertThat(answer.statusCode()).isEqualTo(UNAVAILABLE);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }
    assertThat(asked.stream().filter(one -> one.join().body().contains("max_requests")))
        .isNotEmpty();
    postgres.restart();
    await().atMost(30, TimeUnit.SECONDS).until(() -> health("ready").statusCode() == OK);
  }
}
