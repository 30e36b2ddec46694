package org.cloudcrowd.itests.cluster;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What is refused, and in which words, to be read through: {@code refusals.txt} has requests and
 * {@code refused-commands.txt} has command lines, each with its answer. Where an answer has
 * changed, the list as it is now stands in {@code target}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryRefusalIsASentence {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int REFUSED = 400;
  private static final int FAULT = 500;
  private static final String ANSWER = "    ";

  /** METHOD PATH, and the kind of a body that is not JSON, and the body. */
  private static final Pattern REQUEST =
      Pattern.compile("(\\S+) (\\S+)(?: (form|hex|octets|text/xml))?(?: (.*))?");

  private static final Map<String, String> TYPES =
      Map.of(
          "form", "application/x-www-form-urlencoded",
          "octets", "application/octet-stream",
          "text/xml", "text/xml");

  /** What only somebody who knows the code understands. */
  private static final Pattern INTERNALS =
      Pattern.compile(
          "Exception|`|\\b\\w+(\\.\\w+)+\\.[A-Z]\\w+|\\$[A-Z0-9]|Jackson|\\b[A-Z]+_[A-Z]+\\b"
              + "|CTRL-CHAR|\\(code |START_|HTTP [45]|\\bnull\\b(?! or)|java\\.|\\[Source");

  @RegisterExtension private final Crowd crowd = new Crowd("word-count");
  private final HttpClient http = HttpClient.newHttpClient();
  private Crowd.Running up;

  @BeforeAll
  void start() throws Exception {
    up = crowd.up("--host", "127.0.0.1");
  }

  @Test
  void ofARequest() throws Exception {
    var lists = new StringBuilder();
    for (String line : questions("refusals.txt")) {
      var answer = send(line);
      assertThat(answer.statusCode())
          .as("%s: %s", line, answer.body())
          .isBetween(REFUSED, FAULT - 1);
      assertThat(answer.headers().firstValue("Content-Type"))
          .as(line)
          .contains("application/problem+json");
      lists.append(line).append('\n').append(told(JSON.readTree(answer.body())));
    }
    assertAsListed("refusals.txt", lists.toString());
  }

  @Test
  void ofACommand() throws Exception {
    Files.writeString(crowd.folder().resolve("half.json"), "{\"action\":");
    Files.writeString(crowd.folder().resolve("list.json"), "[1]");
    var lists = new StringBuilder();
    for (String line : questions("refused-commands.txt")) {
      var words = line.replace("FOLDER", crowd.folder().toString()).split(" ");
      crowd.environment("CROWD_SERVER", up.url().toString());
      var ended = crowd.run(words);
      assertThat(ended.exitCode()).as(line).isPositive();
      assertThat(ended.out()).as(line).isEmpty();
      // What follows is the usage of the command.
      var told =
          ended.faults().stream()
              .findFirst()
              .orElse("")
              .replace(crowd.folder().toString(), "FOLDER");
      lists.append(line).append('\n').append(ANSWER).append(told).append('\n');
    }
    assertAsListed("refused-commands.txt", lists.toString());
  }

  private static List<String> questions(String name) throws IOException {
    return listed(name).lines().filter(line -> !line.startsWith(ANSWER)).toList();
  }

  private static String listed(String name) throws IOException {
    try (var in = requireNonNull(EveryRefusalIsASentence.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void assertAsListed(String name, String now) throws IOException {
    Files.writeString(Path.of("target", name), now);
    assertThat(now.lines().filter(line -> line.startsWith(ANSWER)))
        .allSatisfy(line -> assertThat(line).doesNotContainPattern(INTERNALS));
    assertThat(now).isEqualTo(listed(name));
  }

  private HttpResponse<String> send(String line) throws Exception {
    var parts = REQUEST.matcher(line);
    assertThat(parts.matches()).as(line).isTrue();
    var kind = parts.group(3) == null ? "" : parts.group(3);
    var body = parts.group(4) == null ? "" : parts.group(4);
    var bytes =
        kind.equals("hex")
            ? HexFormat.of().parseHex(body.replace(" ", ""))
            : body.getBytes(StandardCharsets.UTF_8);
    return http.send(
        HttpRequest.newBuilder(up.url().resolve(parts.group(2)))
            .header("Content-Type", TYPES.getOrDefault(kind, "application/json"))
            .method(parts.group(1), BodyPublishers.ofByteArray(bytes))
            .build(),
        BodyHandlers.ofString());
  }

  /** Each fault on a line of its own. */
  private static String told(JsonNode problem) {
    var faults = problem.path("errors");
    return faults.isEmpty()
        ? fault(problem.get("status").asText(), problem)
        : faults
            .valueStream()
            .map(fault -> fault(problem.get("status").asText(), fault))
            .collect(Collectors.joining());
  }

  private static String fault(String status, JsonNode fault) {
    return ANSWER
        + status
        + (fault.path("field").asText().isEmpty() ? "" : " " + fault.get("field").asText() + ":")
        + " "
        + fault.get("detail").asText().replace("\n", "\n" + ANSWER)
        + "\n";
  }
}
