package org.cloudcrowd.itests.cluster.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.itests.cluster.Crowd;
import org.cloudcrowd.itests.cluster.Orders;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WhoMayOnlyLookIsOfferedNothingElse {
  private static final int FORBIDDEN = 403;
  private static final int OK = 200;
  private static final int CREATED = 201;

  @RegisterExtension private final Crowd crowd = new Crowd();
  private final HttpClient http = HttpClient.newHttpClient();
  private Crowd.Running up;

  @BeforeAll
  void start() throws Exception {
    crowd.environment("CROWD_LOGIN", "boss");
    crowd.environment("CROWD_PASSWORD", "secret");
    crowd.environment("CROWD_VIEWER_LOGIN", "guest");
    crowd.environment("CROWD_VIEWER_PASSWORD", "look");
    crowd.configure("org.cloudcrowd.authentication.cfg", "http_authentication", "true");
    up = crowd.up();
  }

  private URI as(String login) {
    return URI.create(up.url().toString().replace("http://", "http://" + login + "@"));
  }

  @Test
  void thePageHasNoButtonThatChangesAnything() throws Exception {
    var boss = new CrowdClient(as("boss:secret"));
    var job =
        Orders.await(
            boss,
            boss.submit(Orders.probe(List.of(Map.of("value", 1, "fail", "no", "final", true)))));
    try (var browser = new Browser(as("boss:secret"))) {
      browser.open("jobs/" + job.id());
      browser.awaitText("Delete");
      assertThat(browser.text()).contains("Submit a job", "Retry");
    }
    try (var browser = new Browser(as("guest:look"))) {
      for (String place : List.of("", "jobs", "jobs/" + job.id(), "nodes", "actions", "submit")) {
        browser.open(place);
        browser.awaitText("Live");
        browser.find("h1");
        assertThat(browser.text()).contains("Read-only");
        for (String button :
            List.of(
                "Submit",
                "Submit a job",
                "Drain all of these",
                "Retry",
                "Cancel",
                "Delete",
                "Drain",
                "Resume",
                "Change its workers",
                "Blacklist")) {
          assertThat(browser.hasButton(button)).as(button + " at " + place).isFalse();
        }
      }
      browser.screenshot("read-only");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private int ask(String login, String method, String path, String... headers) throws Exception {
    var request =
        HttpRequest.newBuilder(up.url().resolve(path))
            .header("Content-Type", "application/json")
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
            .method(
                method,
                BodyPublishers.ofString(
                    "{\"action\":\"probe\",\"inputs\":[[]],\"max_workers\":2}"));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  @Test
  void theServerRefusesWhatItsLoginMayNotDo() throws Exception {
    for (String path : List.of("status", "jobs", "access", "metrics", "")) {
      assertThat(ask("guest:look", "GET", path)).as(path).isEqualTo(OK);
    }
    for (String path :
        List.of("jobs", "jobs/1/cancel", "blacklist", "nodes/a:1/drain", "work/1", "node/a:1")) {
      for (String method : List.of("POST", "PUT", "DELETE")) {
        assertThat(ask("guest:look", method, path)).as(method + " " + path).isEqualTo(FORBIDDEN);
      }
    }
    var guest = new CrowdClient(as("guest:look"));
    assertThatThrownBy(() -> guest.submit(Orders.probe(List.of())))
        .hasMessageContaining("this login may look, and change nothing");
  }

  @Test
  void aPageOfAnotherOriginChangesNothingThoughTheBrowserSendsTheLogin() throws Exception {
    assertThat(ask("boss:secret", "POST", "jobs", "Origin", "https://evil.example"))
        .isEqualTo(FORBIDDEN);
    assertThat(
            ask(
                "boss:secret",
                "POST",
                "jobs",
                "Sec-Fetch-Site",
                "cross-site",
                "Origin",
                "https://evil.example"))
        .isEqualTo(FORBIDDEN);
    assertThat(ask("boss:secret", "POST", "jobs", "Sec-Fetch-Site", "same-site"))
        .isEqualTo(FORBIDDEN);
    assertThat(ask("boss:secret", "GET", "jobs", "Origin", "https://evil.example")).isEqualTo(OK);
    assertThat(ask("boss:secret", "POST", "jobs", "Sec-Fetch-Site", "same-origin"))
        .isEqualTo(CREATED);
    assertThat(
            ask("boss:secret", "POST", "jobs", "Origin", "http://127.0.0.1:" + up.url().getPort()))
        .isEqualTo(CREATED);
  }
}
