package org.cloudcrowd.itests.cluster;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.cloudcrowd.protocol.job.JobRequest;

/**
 * A node as the Ruby original is one, by its protocol's specification and with none of our code: it
 * sends forms, takes a unit a request, reports a result before it has answered where it is quick,
 * tries for ever, and forgets a result upon a 404. It runs the probe action.
 */
public final class RubyNode implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int NOT_FOUND = 404;
  private static final int OVERLOADED = 503;
  private static final int PROCESSING = 1;
  private static final int SPLITTING = 4;
  private static final int MERGING = 5;
  private static final long PAUSE_MILLIS = 100;

  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpServer server;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final URI central;
  private final int maxWorkers;
  private final AtomicInteger busy = new AtomicInteger();
  private final AtomicInteger pids = new AtomicInteger(70_000);
  private final Set<Long> counted = ConcurrentHashMap.newKeySet();
  private final Set<Long> discarded = ConcurrentHashMap.newKeySet();
  private final Map<Long, Integer> running = new ConcurrentHashMap<>();
  private final AtomicInteger overloads = new AtomicInteger();
  private final Queue<HttpExchange> silence = new ConcurrentLinkedQueue<>();
  private volatile CountDownLatch go = new CountDownLatch(0);
  private volatile boolean isSilent;

  /** Listens, and waits to be checked in. */
  public RubyNode(URI central, int maxWorkers) throws IOException {
    this.central = central;
    this.maxWorkers = maxWorkers;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/heartbeat",
        exchange -> {
          if (isSilent) {
            silence.add(exchange);
          } else {
            answer(exchange, OK, "buh-bump");
          }
        });
    server.createContext("/work", this::work);
    server.setExecutor(workers);
    server.start();
  }

  /** A job of an action without a split stage that runs as the probe does. */
  public static JobRequest job(String action, List<Map<String, Object>> orders) {
    return JobRequest.of(action, orders.stream().map(JSON::<JsonNode>valueToTree).toList(), null);
  }

  String name() {
    return "127.0.0.1:" + port();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Reports at the server in the form of 0.3 and later. */
  public int checkIn(String... actions) throws Exception {
    return put(
        "node/" + name(),
        Map.of(
            "busy",
            "false",
            "tag",
            "ruby",
            "max_workers",
            Integer.toString(maxWorkers),
            "enabled_actions",
            String.join(",", actions)));
  }

  /** Whoever calls it back gets no answer from now on. */
  void fallSilent() {
    isSilent = true;
  }

  /** Units that are processed wait from now on until they are let go. */
  void hold() {
    go = new CountDownLatch(1);
  }

  void letGo() {
    go.countDown();
  }

  /** The units whose results the server has counted, as far as the node has heard. */
  Set<Long> counted() {
    return counted;
  }

  /**
   * Waits until the node has heard that so many of its results count; their job may be complete
   * before it has.
   */
  void awaitCounted(int results) {
    await().atMost(20, TimeUnit.SECONDS).until(() -> counted.size() == results);
  }

  /** The units whose results the server did not want. */
  Set<Long> discarded() {
    return discarded;
  }

  /** The units that run, and the process ids of their workers. */
  Map<Long, Integer> running() {
    return running;
  }

  /** How often it took nothing. */
  int overloads() {
    return overloads.get();
  }

  /** Sends a form, and returns the status of the answer. */
  int put(String path, Map<String, String> form) throws Exception {
    return send(path, "PUT", form).statusCode();
  }

  HttpResponse<String> send(String path, String method, Map<String, String> form) throws Exception {
    var body =
        new LinkedHashMap<>(form)
            .entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    return http.send(
        HttpRequest.newBuilder(central.resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void work(HttpExchange exchange) throws IOException {
    var fields = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (busy.incrementAndGet() > maxWorkers) {
      busy.decrementAndGet();
      overloads.incrementAndGet();
      answer(exchange, OVERLOADED, "Node Overloaded");
      return;
    }
    var unit =
        JSON.readTree(
            java.net.URLDecoder.decode(
                fields.substring("work_unit=".length()), StandardCharsets.UTF_8));
    int pid = pids.incrementAndGet();
    running.put(unit.get("id").asLong(), pid);
    var done = workers.submit(() -> run(unit, pid));
    boolean held = go.getCount() > 0 && unit.get("status").asInt() == PROCESSING;
    if (pid % 2 == 0 && !held) {
      join(done);
    }
    answer(exchange, OK, "{\"pid\":" + pid + "}");
  }

  private static void join(java.util.concurrent.Future<?> done) {
    try {
      done.get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void run(JsonNode unit, int pid) {
    try {
      int status = unit.get("status").asInt();
      if (status == PROCESSING) {
        go.await();
      }
      var input = JSON.readTree(unit.get("input").asText());
      var output = status == SPLITTING || status == MERGING ? input : input.get("value");
      TimeUnit.MILLISECONDS.sleep(10);
      report(unit.get("id").asLong(), pid, output);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      busy.decrementAndGet();
      running.remove(unit.get("id").asLong());
    }
  }

  private void report(long id, int pid, JsonNode output) throws Exception {
    var form =
        Map.of(
            "pid", Integer.toString(pid),
            "id", Long.toString(id),
            "time", "0.01",
            "status", "succeeded",
            "output", JSON.createObjectNode().set("output", output).toString());
    while (!workers.isShutdown()) {
      int status = 0;
      try {
        status = put("work/" + id, form);
      } catch (IOException e) {
        // The server is away; the original waits five seconds.
      }
      if (status == NO_CONTENT) {
        counted.add(id);
        return;
      }
      if (status == NOT_FOUND) {
        discarded.add(id);
        return;
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Ends without a word. */
  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}
