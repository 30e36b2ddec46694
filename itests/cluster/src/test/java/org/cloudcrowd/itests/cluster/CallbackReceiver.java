package org.cloudcrowd.itests.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.cloudcrowd.protocol.job.JobRequest;

/** Hears of complete jobs, and answers as it is told. */
public final class CallbackReceiver implements AutoCloseable {
  private static final String FORM = "job=";
  private static final int NO_BODY = -1;

  private final ObjectMapper json = new ObjectMapper();
  private final List<Message> messages = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile Answer answer = exchange -> exchange.sendResponseHeaders(200, NO_BODY);

  /** How a request is answered. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  /** What was heard. */
  public record Message(Headers headers, String text, JsonNode job) {
    String id() {
      return headers.getFirst("webhook-id");
    }
  }

  public CallbackReceiver() throws IOException {
    this(0);
  }

  /** At a port. */
  CallbackReceiver(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", this::hear);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/done";
  }

  /** The request, with this as whom to tell. */
  public JobRequest told(JobRequest job) {
    return told(job, url(), null);
  }

  static JobRequest told(JobRequest job, String url, String format) {
    return job.copy().callback(url, format).build();
  }

  void answer(int status) {
    answer = exchange -> exchange.sendResponseHeaders(status, NO_BODY);
  }

  void answer(Answer next) {
    answer = next;
  }

  /** What was heard of a job, accepted or not. */
  public List<Message> messages(long job) {
    return messages.stream().filter(message -> message.job().get("id").asLong() == job).toList();
  }

  private void hear(HttpExchange exchange) throws IOException {
    try (exchange) {
      var text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var job =
          text.startsWith(FORM)
              ? URLDecoder.decode(text.substring(FORM.length()), StandardCharsets.UTF_8)
              : text;
      messages.add(new Message(exchange.getRequestHeaders(), text, json.readTree(job)));
      answer.to(exchange);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
