package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.cloudcrowd.itests.cluster.faults.Ports;
import org.cloudcrowd.protocol.job.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node of the Ruby original keeps what it has done until our server is there again. */
class RubyNodesOutliveOurServer {
  private static final int UNPROCESSABLE = 422;
  private static final int NO_CONTENT = 204;
  private static final int UNAVAILABLE = 503;
  private static final int CALLERS = 3;
  private static final int RESTARTS = 3;

  @RegisterExtension private final Crowd crowd = new Crowd();

  @Test
  void itsResultCountsAfterTheServerWasKilled() throws Exception {
    crowd.configure("org.cloudcrowd.server.cfg", "lease_seconds", "30");
    var port = Integer.toString(Ports.free());
    var server = crowd.start("server", "-p", port);
    try (var ruby = new RubyNode(server.url(), 2)) {
      ruby.hold();
      assertThat(ruby.checkIn("echo")).isEqualTo(NO_CONTENT);
      var job =
          server
              .client()
              .submit(RubyNode.job("echo", List.of(Map.of("value", 1), Map.of("value", 2))));
      await().atMost(30, TimeUnit.SECONDS).until(() -> ruby.running().size() == 2);
      server.kill();
      ruby.letGo();
      var again = crowd.start("server", "-p", port);

      var ended = Orders.await(again.client(), job);

      assertThat(ended.status()).isEqualTo(Status.SUCCEEDED);
      ruby.awaitCounted(2);
      assertThat(ruby.discarded()).isEmpty();
    }
  }

  /** As a Ruby server does, which knows its actions by itself. */
  @Test
  void aJobThatIsPostedBeforeAnyNodeHasReportedWaitsForItsAction() throws Exception {
    crowd.configure("org.cloudcrowd.ruby.cfg", "stages", "echo:split");
    var server = crowd.start("server", "-p", "0");
    var client = server.client();
    try (var ruby = new RubyNode(server.url(), 1)) {
      var request = "{\"action\":\"echo\",\"inputs\":[[{\"value\":1},{\"value\":2}]]}";
      assertThat(ruby.send("jobs", "POST", Map.of("job", request.replace("echo", "no name"))))
          .extracting(HttpResponse::statusCode)
          .isEqualTo(UNPROCESSABLE);
      assertThatThrownBy(() -> client.submit(RubyNode.job("echo", List.of(Map.of("value", 1)))))
          .hasMessageContaining("no action is known yet");
      assertThat(ruby.send("jobs", "POST", Map.of("job", request)).statusCode()).isEqualTo(200);
      var job = client.jobs(1, null).jobs().get(0);
      assertThat(job.status()).isEqualTo(Status.WAITING);
      assertThat(client.why(job.id()).groups().get(0).reason())
          .isEqualTo("it waits until a node advertises the action echo");

      ruby.checkIn("echo");

      var ended = Orders.await(client, job);
      assertThat(ended.status()).isEqualTo(Status.SUCCEEDED);
      assertThat(ended.outputs()).as("it was split").hasSize(2);
      assertThat(ruby.send("jobs", "POST", Map.of("job", request.replace("echo", "other"))))
          .extracting(HttpResponse::statusCode)
          .isEqualTo(UNPROCESSABLE);
    }
  }

  /** Upon a 404 it would throw a result away. */
  @Test
  void aServerThatComesAndGoesNeverSaysThatItKnowsNothing() throws Exception {
    var port = Integer.toString(Ports.free());
    var server = crowd.start("server", "-p", port);
    var answers = new ConcurrentHashMap<Integer, String>();
    var over = new AtomicBoolean();
    try (var ruby = new RubyNode(server.url(), 1)) {
      var callers =
          IntStream.range(0, CALLERS)
              .mapToObj(i -> CompletableFuture.runAsync(() -> checkInUntil(over, ruby, answers)))
              .toList();
      for (int i = 0; i < RESTARTS; i++) {
        await().atMost(30, TimeUnit.SECONDS).until(() -> answers.remove(NO_CONTENT) != null);
        assertThat(server.stop()).isTrue();
        server = crowd.start("server", "-p", port);
      }
      over.set(true);
      callers.forEach(CompletableFuture::join);

      answers.keySet().removeAll(Set.of(NO_CONTENT, UNAVAILABLE));
      assertThat(answers).isEmpty();
    }
  }

  private static void checkInUntil(
      AtomicBoolean over, RubyNode ruby, Map<Integer, String> answers) {
    while (!over.get()) {
      try {
        var answer = ruby.send("node/" + ruby.name(), "PUT", Map.of("enabled_actions", "echo"));
        answers.put(answer.statusCode(), answer.body());
      } catch (IOException e) {
        // Nobody listens just now.
        Thread.onSpinWait();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
