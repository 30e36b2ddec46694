package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every field of every body, by the server's own description, with values of every type and size,
 * alone and in combination; and the same for queries and paths. What is wrong is a problem with a
 * sentence, and never a fault of the server's.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NothingThatIsSentBreaksTheServer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CLIENT_ERROR = 400;
  private static final int SERVER_ERROR = 500;
  private static final int UNPROCESSABLE = 422;
  private static final int COMBINATIONS = 300;

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1.5",
          "1e308",
          "9223372036854775808",
          "\"\"",
          "\" \"",
          "\"x\"",
          "\"\\u0000\\ud800<script>\"",
          "\"" + "long".repeat(3000) + "\"",
          "[]",
          "[null]",
          "[[], {}, 1, \"a\"]",
          "{}",
          "{\"a\": {\"b\": [1]}}",
          "{\"\": \"\"}");

  private static final List<String> WORDS =
      List.of(
          "", " ", "x", "-1", "0", "1.5", "99999999999999999999", "%", "\u0000", "a:b", "../..");

  private static final Map<String, String> BODIES =
      Map.of(
          "jobs", "{\"action\": \"probe\", \"inputs\": [[{\"value\": 1}]]}",
          "schedules",
              "{\"name\": \"a\", \"cron\": \"@yearly\","
                  + " \"job\": {\"action\": \"probe\", \"inputs\": [[]]}}",
          "blacklist", "{\"action\": \"none\"}",
          "jobs/cancel", "{\"ids\": [999999]}",
          "jobs/retry", "{\"ids\": [999999]}",
          "jobs/delete", "{\"ids\": [999999]}");

  @RegisterExtension final Crowd crowd = new Crowd();
  private final HttpClient http = HttpClient.newHttpClient();
  private Crowd.Running up;
  private JsonNode description;

  @BeforeAll
  void start() throws Exception {
    up = crowd.up(database());
    // What is accepted need not run.
    up.client().drain(up.client().nodes().get(0).host());
    description = JSON.readTree(ask("GET", "openapi.json", null).body());
  }

  /** Arguments that name its database. */
  String[] database() throws Exception {
    return new String[0];
  }

  private HttpResponse<String> ask(String method, String path, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(up.url().resolve(path))
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      // Jetty closes a connection on which it was sent what is no HTTP, and may do so when the next
      // request is on its way; who asks on a new one is answered.
      return http.send(request, BodyHandlers.ofString());
    }
  }

  private List<String> fields(String path) {
    var reference =
        description
            .path("paths")
            .path("/" + path)
            .at("/post/requestBody/content")
            .path("application/json")
            .at("/schema/$ref")
            .asText();
    var names = new ArrayList<String>();
    description
        .at(reference.substring(1))
        .path("properties")
        .fieldNames()
        .forEachRemaining(names::add);
    assertThat(names).as("fields of a body of %s", path).isNotEmpty();
    return names;
  }

  private void assertClear(HttpResponse<String> answer, String sent) throws Exception {
    assertThat(answer.statusCode()).as("%s: %s", sent, answer.body()).isLessThan(SERVER_ERROR);
    if (answer.statusCode() < CLIENT_ERROR) {
      return;
    }
    assertThat(answer.headers().firstValue("Content-Type"))
        .as(sent)
        .contains("application/problem+json");
    var problem = JSON.readTree(answer.body());
    assertThat(problem.get("detail").asText()).as(sent).isNotBlank().doesNotContain("Exception");
    assertThat(problem.get("status").asInt()).as(sent).isEqualTo(answer.statusCode());
    if (answer.statusCode() == UNPROCESSABLE) {
      assertThat(problem.has("field")).as("%s: %s", sent, answer.body()).isTrue();
    }
  }

  private static String with(String body, Map<String, String> values) throws Exception {
    var node = (ObjectNode) JSON.readTree(body);
    for (var value : values.entrySet()) {
      node.set(value.getKey(), JSON.readTree(value.getValue()));
    }
    return node.toString();
  }

  private static String shown(String path, String body) {
    return path + " " + (body.length() > 300 ? body.substring(0, 300) : body);
  }

  @Test
  void eachFieldOfEachBodyWithEachKindOfValue() throws Exception {
    for (var body : BODIES.entrySet()) {
      for (String field : fields(body.getKey())) {
        for (String value : VALUES) {
          var sent = with(body.getValue(), Map.of(field, value));
          assertClear(ask("POST", body.getKey(), sent), shown(body.getKey(), sent));
        }
      }
      for (String value : VALUES) {
        assertClear(ask("POST", body.getKey(), value), shown(body.getKey(), value));
      }
    }
    assertThat(up.client().status().nodes()).hasSize(1);
  }

  @Test
  void severalFieldsAtOnce() throws Exception {
    var random = new Random(7);
    for (var body :
        Map.of("jobs", BODIES.get("jobs"), "schedules", BODIES.get("schedules")).entrySet()) {
      var fields = fields(body.getKey());
      for (int i = 0; i < COMBINATIONS / 2; i++) {
        var values = new HashMap<String, String>();
        for (int j = 0; j < 3; j++) {
          values.put(
              fields.get(random.nextInt(fields.size())), VALUES.get(random.nextInt(VALUES.size())));
        }
        var sent = with(body.getValue(), values);
        assertClear(ask("POST", body.getKey(), sent), shown(body.getKey(), sent));
      }
    }
    assertThat(up.client().status().nodes()).hasSize(1);
  }

  @Test
  void eachPlaceOfAPathAndEachFieldOfAQuery() throws Exception {
    for (var path : description.get("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        var method = operation.getKey().toUpperCase(Locale.ROOT);
        for (String word : WORDS) {
          var encoded = URLEncoder.encode(word, StandardCharsets.UTF_8).replace("+", "%20");
          var filled = path.getKey().substring(1).replaceAll("\\{[a-z0-9]+\\}", encoded);
          var plain = path.getKey().substring(1).replaceAll("\\{[a-z0-9]+\\}", "1");
          for (JsonNode parameter : operation.getValue().path("parameters")) {
            if (parameter.get("in").asText().equals("query") && !path.getKey().equals("/events")) {
              var uri = plain + "?" + parameter.get("name").asText() + "=" + encoded;
              assertClear(ask(method, uri, null), method + " " + uri);
            }
          }
          if (path.getKey().contains("{")) {
            assertClear(ask(method, filled, null), method + " " + filled);
          }
        }
      }
    }
    assertThat(up.client().status().nodes()).hasSize(1);
  }
}
