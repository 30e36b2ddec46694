package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** CORS, as a browser asks for it. */
class PagesOfOthersAreAnsweredWhereTheyMay {
  private static final String OURS = "https://intranet.example.com";
  private static final String ALLOWED = "Access-Control-Allow-Origin";

  @RegisterExtension final Crowd crowd = new Crowd();

  private static HttpResponse<String> ask(URI server, String method, String... headers)
      throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(server.resolve("status"))
                .method(method, BodyPublishers.noBody())
                .headers(headers)
                .build(),
            BodyHandlers.ofString());
  }

  @Test
  void nobodyByDefault() throws Exception {
    var server = crowd.start("server", "-p", "0").url();

    assertThat(ask(server, "GET", "Origin", OURS).headers().firstValue(ALLOWED)).isEmpty();
    assertThat(
            ask(server, "OPTIONS", "Origin", OURS, "Access-Control-Request-Method", "POST")
                .headers()
                .firstValue(ALLOWED))
        .isEmpty();
  }

  @Test
  void thoseOfTheConfigurationAlsoBeforeTheyHaveSentTheirLogin() throws Exception {
    crowd.environment("CROWD_LOGIN", "crowd");
    crowd.environment("CROWD_PASSWORD", "secret");
    crowd.configure("org.cloudcrowd.authentication.cfg", "http_authentication", "true");
    crowd.configure("org.cloudcrowd.cors.cfg", "origins", "https://other.example.com, " + OURS);
    var server = crowd.start("server", "-p", "0").url();

    var before =
        ask(
            server,
            "OPTIONS",
            "Origin",
            OURS,
            "Access-Control-Request-Method",
            "POST",
            "Access-Control-Request-Headers",
            "authorization,content-type");
    assertThat(before.statusCode()).isEqualTo(204);
    assertThat(before.headers().firstValue(ALLOWED)).contains(OURS);
    assertThat(before.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
        .contains("POST");
    assertThat(before.headers().firstValue("Access-Control-Allow-Headers"))
        .contains("authorization,content-type");
    assertThat(ask(server, "GET", "Origin", OURS).statusCode()).isEqualTo(401);
    var login = "Basic Y3Jvd2Q6c2VjcmV0";
    var answer = ask(server, "GET", "Origin", OURS, "Authorization", login);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue(ALLOWED)).contains(OURS);
    assertThat(answer.headers().allValues("Vary")).contains("Origin");

    var evil = "https://evil.example.com";
    assertThat(
            ask(server, "OPTIONS", "Origin", evil, "Access-Control-Request-Method", "POST")
                .statusCode())
        .isEqualTo(401);
    assertThat(
            ask(server, "GET", "Origin", evil, "Authorization", login)
                .headers()
                .firstValue(ALLOWED))
        .isEmpty();
  }
}
