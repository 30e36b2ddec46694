package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.protocol.job.JobRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** HTTP Basic in both directions. */
class OnlyTheLoginIsAnswered {
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final String LOGIN = "crowd";
  private static final String PASSWORD = "a:päss \\\\w\\ö${r}d";

  @RegisterExtension private final Crowd crowd = new Crowd("word-count");

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void nothingButTheHeartbeatAnswersWithout() throws Exception {
    crowd.environment("CROWD_LOGIN", LOGIN);
    crowd.environment("CROWD_PASSWORD", PASSWORD);
    crowd.configure("org.cloudcrowd.authentication.cfg", "http_authentication", "true");
    crowd.configure("org.cloudcrowd.authentication.cfg", "viewer_login", "prüfer");
    crowd.configure("org.cloudcrowd.authentication.cfg", "viewer_password", "gr\\ün");
    crowd.configure("org.cloudcrowd.assets.links.cfg", "links", "server");
    crowd.configure(
        "org.cloudcrowd.assets.cfg", "directory", crowd.folder().resolve("files").toString());
    var server = crowd.start("server", "-p", "0");
    var node = crowd.node("node", server);
    var url = server.url();

    var client =
        new CrowdClient(
            new URI("http", LOGIN + ":" + PASSWORD, "127.0.0.1", url.getPort(), "/", null, null));
    var job = client.submit(Orders.probe(List.of(Map.of("value", 1), Map.of("value", 2))));
    assertThat(Orders.sum(Orders.await(client, job)))
        .as("server and node answer each other")
        .isEqualTo(3);
    var saved =
        Orders.await(
            client, client.submit(Orders.probe(List.of(Map.of("save", "five words in a file")))));
    var link = saved.outputs().get(0).get(0);
    assertThat(link.textValue()).startsWith(url + "assets/");
    var counted =
        Orders.await(client, client.submit(JobRequest.of("word_count", List.of(link), null)));
    assertThat(counted.outputs().get(0).asInt()).as("words behind a link").isEqualTo(5);

    var nodeUrl = URI.create("http://" + client.nodes().get(0).host() + "/");
    assertThat(node.isAlive()).isTrue();
    for (URI peer : List.of(url, nodeUrl)) {
      assertThat(ask(peer, "heartbeat", "GET", null).body()).isEqualTo("buh-bump");
      for (String path : List.of("", "work", "status", "jobs", "assets/a", "no/such/thing")) {
        for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
          assertThat(ask(peer, path, method, null).statusCode())
              .as(method + " " + peer + path)
              .isEqualTo(UNAUTHORIZED);
        }
      }
    }
    for (String wrong :
        List.of("crowd:a", "crowd:" + PASSWORD + "x", ":", "crow:" + PASSWORD, "")) {
      assertThat(ask(url, "status", "GET", wrong).statusCode()).isEqualTo(UNAUTHORIZED);
    }
    var refused = ask(url, "poll/a:1", "POST", null);
    assertThat(refused.statusCode()).isEqualTo(UNAUTHORIZED);
    assertThat(refused.headers().firstValue("WWW-Authenticate"))
        .contains("Basic realm=\"CloudCrowd\", charset=\"UTF-8\"");
    assertThat(refused.body()).contains("answers only with its login and password");
    assertThat(ask(url, "status", "GET", LOGIN + ":" + PASSWORD).statusCode()).isEqualTo(OK);
    assertThat(ask(url, "status", "GET", "prüfer:gr\\ün").statusCode()).isEqualTo(OK);
    assertThatThrownBy(() -> new CrowdClient(url).jobs(10, null))
        .hasMessageContaining("login and password");
  }

  @Test
  void oneWithoutAPasswordDoesNotStart() throws Exception {
    crowd.configure("org.cloudcrowd.authentication.cfg", "http_authentication", "true");

    var ended = crowd.run("up", "-c", crowd.conf().toString(), "-p", "0", "--node-port", "0");

    assertThat(ended.exitCode()).isNotZero();
    assertThat(ended.err()).contains("http_authentication needs a login without a colon");
  }

  private HttpResponse<String> ask(URI peer, String path, String method, String login)
      throws Exception {
    var request =
        HttpRequest.newBuilder(peer.resolve(path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString("{}"));
    if (login != null) {
      request.header(
          "Authorization",
          "Basic "
              + Base64.getEncoder()
                  .encodeToString(login.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
