package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.cloudcrowd.itests.cluster.Crowd.Running;
import org.cloudcrowd.protocol.server.NodeView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Clients knock all the time while a container starts, and are told to wait until it can answer.
 */
class ReadyIsSaidWhenTheFirstRequestSucceeds {
  private static final int STARTS = 3;

  @RegisterExtension final Crowd crowd = new Crowd();
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void aServerThatIsKilledAndStartedAgainUnderItsClients() throws Exception {
    int port = freePort();
    try (var knocking = new Knocking(port, "jobs")) {
      for (int i = 0; i < STARTS; i++) {
        var server = crowd.start("server", "-p", Integer.toString(port));
        for (String path : List.of("jobs", "status", "events?kinds=job")) {
          assertThat(statusOf(port, path)).as(path).isEqualTo(200);
        }
        assertThat(statusOfPoll(port)).isNotIn(404, 503);
        server.kill();
      }
      assertThat(knocking.answers)
          .isNotEmpty()
          .allSatisfy(ReadyIsSaidWhenTheFirstRequestSucceeds::ok);
    }
  }

  @Test
  void aNodeThatIsKilledAndStartedAgainUnderItsServer() throws Exception {
    var server = crowd.start("server", "-p", "0");
    int port = freePort();
    try (var knocking = new Knocking(port, "heartbeat")) {
      for (int i = 0; i < STARTS; i++) {
        var node = node(server, port);
        assertThat(statusOf(port, "heartbeat")).isEqualTo(200);
        // The server could reach it at once, so that it need not ask for its work.
        assertThat(server.client().nodes())
            .singleElement()
            .extracting(NodeView::connection)
            .isEqualTo("push");
        node.kill();
      }
      assertThat(knocking.answers)
          .isNotEmpty()
          .allSatisfy(ReadyIsSaidWhenTheFirstRequestSucceeds::ok);
    }
  }

  private Running node(Running server, int port) throws IOException {
    return crowd.start(
        "node",
        "--node-port",
        Integer.toString(port),
        "--server",
        server.url().toString(),
        "--data",
        crowd.folder().resolve("node").toString());
  }

  private static void ok(HttpResponse<String> answer) {
    if (answer.statusCode() != 200) {
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(answer.headers().firstValue("Retry-After")).contains("1");
      assertThat(answer.body()).startsWith("{").contains("try again").endsWith("}");
    }
  }

  private static int freePort() throws IOException {
    try (var free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  private static URI url(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + "/" + path);
  }

  /** Of a request whose body may have no end. */
  private int statusOf(int port, String path) throws Exception {
    var answer =
        http.send(HttpRequest.newBuilder(url(port, path)).build(), BodyHandlers.ofInputStream());
    answer.body().close();
    return answer.statusCode();
  }

  private int statusOfPoll(int port) throws Exception {
    var poll =
        HttpRequest.newBuilder(url(port, "poll/unknown:1"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    return http.send(poll, BodyHandlers.discarding()).statusCode();
  }

  /** Asks again and again, whether anybody answers or not. */
  private final class Knocking implements AutoCloseable {
    private final Queue<HttpResponse<String>> answers = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean ended;

    private Knocking(int port, String path) {
      thread = new Thread(() -> knock(HttpRequest.newBuilder(url(port, path)).build()));
      thread.start();
    }

    private void knock(HttpRequest request) {
      while (!ended) {
        try {
          answers.add(http.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
          // Nobody listens, or no more.
        } catch (InterruptedException e) {
          return;
        }
      }
    }

    @Override
    public void close() throws InterruptedException {
      ended = true;
      thread.join();
    }
  }
}
