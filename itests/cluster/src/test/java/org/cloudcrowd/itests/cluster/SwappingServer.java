package org.cloudcrowd.itests.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.cloudcrowd.protocol.json.WireJson;

/** Stands before a server, and hands out other bytes than its bundles have. */
final class SwappingServer implements Closeable {
  private static final int NO_BODY = -1;

  private final URI target;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient http = HttpClient.newHttpClient();

  SwappingServer(URI target) throws IOException {
    this.target = target;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::forward);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  private void forward(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request =
          HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
              .header("Content-Type", "application/json")
              .method(
                  exchange.getRequestMethod(),
                  BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()))
              .build();
      var response = http.send(request, BodyHandlers.ofByteArray());
      var body = response.body();
      if (exchange.getRequestURI().getPath().startsWith("/bundles/")) {
        body[body.length / 2] ^= 1;
      }
      response
          .headers()
          .firstValue(WireJson.PROTOCOL_HEADER)
          .ifPresent(
              version -> exchange.getResponseHeaders().set(WireJson.PROTOCOL_HEADER, version));
      exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? NO_BODY : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
