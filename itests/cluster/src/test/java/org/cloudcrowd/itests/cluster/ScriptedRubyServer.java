package org.cloudcrowd.itests.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A server as the Ruby original is one, by its protocol's specification and with none of our code:
 * it keeps what nodes tell it, and answers results as a test wants.
 */
final class ScriptedRubyServer implements AutoCloseable {
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int MILLIS_TO_WRITE_DOWN = 100;

  /** What a node has sent: the method, the path, the fields of the form, the login. */
  record Heard(String method, String path, Map<String, String> form, String authorization) {}

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final Set<String> assigned = ConcurrentHashMap.newKeySet();
  private final Deque<Integer> answers = new ConcurrentLinkedDeque<>();

  ScriptedRubyServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::hear);
    server.setExecutor(threads);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** The next results are answered with these statuses, those after them with 204. */
  void answer(Integer... statuses) {
    answers.addAll(Arrays.asList(statuses));
  }

  /** What came so far by a method at a path that begins so. */
  List<Heard> heard(String method, String path) {
    return heard.stream()
        .filter(one -> one.method().equals(method) && one.path().startsWith(path))
        .toList();
  }

  private void hear(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (path.equals("/heartbeat")) {
      exchange.sendResponseHeaders(OK, "buh-bump".length());
      exchange.getResponseBody().write("buh-bump".getBytes(StandardCharsets.UTF_8));
      exchange.close();
      return;
    }
    heard.add(
        new Heard(
            exchange.getRequestMethod(),
            path,
            form(body),
            exchange.getRequestHeaders().getFirst("Authorization")));
    var next = path.startsWith("/work/") ? answers.poll() : null;
    if (path.startsWith("/work/") && next == null) {
      assigned.remove(path.substring("/work/".length()));
    }
    exchange.sendResponseHeaders(next == null ? NO_CONTENT : next, -1);
    exchange.close();
  }

  private static Map<String, String> form(String body) {
    return Arrays.stream(body.split("&", -1))
        .filter(field -> !field.isEmpty())
        .map(field -> field.split("=", 2))
        .collect(Collectors.toMap(field -> decode(field[0]), field -> decode(field[1])));
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** What came of nodes so far, in its order. */
  List<String> methodsOfNodes() {
    return heard.stream()
        .filter(one -> one.path().startsWith("/node/"))
        .map(Heard::method)
        .toList();
  }

  /**
   * Gives a unit to a node, and writes down a moment after its answer that the node has it; a
   * result of it takes that away, as long as it is written down.
   */
  HttpResponse<String> assign(String node, Map<String, Object> unit) throws Exception {
    var answer = send(node, unit, null);
    TimeUnit.MILLISECONDS.sleep(MILLIS_TO_WRITE_DOWN);
    assigned.add(String.valueOf(unit.get("id")));
    return answer;
  }

  /** The units that it believes to be at nodes. */
  Set<String> assigned() {
    return assigned;
  }

  /** Sends a unit to a node. */
  HttpResponse<String> send(String node, Map<String, Object> unit, String authorization)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + node + "/work"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    "work_unit="
                        + URLEncoder.encode(
                            json.writeValueAsString(unit), StandardCharsets.UTF_8)));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
