package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The server's own description, to which its answers are held; it counts what was seen of it. */
final class Description {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI server;
  private final ObjectNode document;
  private final Set<String> seen = new TreeSet<>();

  Description(URI server) throws Exception {
    this.server = server;
    var answer =
        http.send(
            HttpRequest.newBuilder(server.resolve("openapi.json")).build(),
            BodyHandlers.ofString());
    document = (ObjectNode) JSON.readTree(answer.body());
    // A field that is not described is a fault as well.
    document
        .at("/components/schemas")
        .forEach(
            schema -> {
              if (schema.has("properties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
              }
            });
  }

  String text() {
    return document.toString();
  }

  /** Every operation and status that is described, as {@code GET /jobs/{id} 200}. */
  Set<String> all() {
    var all = new TreeSet<String>();
    for (var path : document.get("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        for (var status : operation.getValue().get("responses").properties()) {
          all.add(name(operation.getKey(), path.getKey(), status.getKey()));
        }
      }
    }
    return all;
  }

  private static String name(String method, String path, String status) {
    return method.toUpperCase(Locale.ROOT) + " " + path + " " + status;
  }

  /** Those that {@link #ask} has had an answer of. */
  Set<String> seen() {
    return seen;
  }

  /** A request to be made. */
  record Call(
      String method, String template, String uri, BodyPublisher body, Map<String, String> headers) {
    static Call of(String operation, Object... values) {
      var words = operation.split(" ", 2);
      var uri = words[1];
      for (Object value : values) {
        uri = uri.replaceFirst("\\{[a-z0-9]+\\}", String.valueOf(value));
      }
      return new Call(words[0], words[1], uri, BodyPublishers.noBody(), Map.of());
    }

    Call query(String text) {
      return new Call(method, template, uri + "?" + text, body, headers);
    }

    Call json(String text) {
      return new Call(
          method,
          template,
          uri,
          BodyPublishers.ofString(text),
          Map.of("Content-Type", "application/json"));
    }

    Call bytes(byte[] content) {
      return new Call(
          method,
          template,
          uri,
          BodyPublishers.ofByteArray(content),
          Map.of("Content-Type", "application/octet-stream"));
    }

    Call header(String name, String value) {
      return new Call(method, template, uri, body, Map.of(name, value));
    }
  }

  /** Asks, and holds the answer to its description; returns its JSON, where it is some. */
  JsonNode ask(int status, Call call) throws Exception {
    var request =
        HttpRequest.newBuilder(server.resolve(call.uri().substring(1)))
            .method(call.method(), call.body());
    call.headers().forEach(request::header);
    var answer = http.send(request.build(), BodyHandlers.ofByteArray());
    var what = name(call.method(), call.template(), Integer.toString(status));
    assertThat(answer.statusCode())
        .as("%s: %s", what, new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(status);
    var described =
        document
            .path("paths")
            .path(call.template())
            .path(call.method().toLowerCase(Locale.ROOT))
            .path("responses")
            .path(Integer.toString(status));
    assertThat(described.isMissingNode()).as("%s is not described", what).isFalse();
    seen.add(what);
    return check(what, described, answer);
  }

  private JsonNode check(String what, JsonNode described, HttpResponse<byte[]> answer)
      throws Exception {
    var response =
        described.has("$ref")
            ? document.at(described.get("$ref").asText().substring(1))
            : described;
    var type = answer.headers().firstValue("Content-Type").orElse("").split(";", 2)[0];
    var content = response.path("content");
    if (content.isMissingNode()) {
      return JSON.missingNode();
    }
    var media = content.has(type) ? content.get(type) : content.path("*/*");
    assertThat(media.isMissingNode())
        .as("%s is described as %s, not %s", what, content, type)
        .isFalse();
    if (!type.endsWith("json") || media.at("/schema/format").asText().equals("binary")) {
      return JSON.missingNode();
    }
    var body = JSON.readTree(answer.body());
    var schema = ((ObjectNode) media.get("schema").deepCopy());
    schema.set("components", document.get("components"));
    var faults =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(schema)
            .validate(body);
    assertThat(faults).as("%s: %s", what, body).isEmpty();
    return body;
  }
}
