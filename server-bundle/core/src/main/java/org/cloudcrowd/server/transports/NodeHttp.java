package org.cloudcrowd.server.transports;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.cloudcrowd.endpoint.Credentials;
import org.cloudcrowd.server.config.ServerSettings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Requests to nodes, over kept-alive connections. May be used by any number of threads. */
@Component(service = NodeHttp.class)
public final class NodeHttp {
  private final Credentials credentials;
  private final Duration timeout;
  private final HttpClient http;

  /**
   * @param settings has the timeout of answers
   */
  @Activate
  public NodeHttp(@Reference ServerSettings settings, @Reference Credentials credentials) {
    this.credentials = credentials;
    timeout = Duration.ofSeconds(settings.configuration().dispatch__timeout__seconds());
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
  }

  /**
   * Posts a body to a node.
   *
   * @param node the node's address, {@code host:port}
   * @param body writes the body; where it throws, the answer fails with what it throws
   * @return the answer; fails with a {@link java.net.ConnectException} where no connection was made
   */
  CompletableFuture<HttpResponse<byte[]>> post(
      String node, String path, String contentType, Supplier<byte[]> body) {
    return PeerUrls.of(node, path)
        .thenCompose(
            url -> {
              var request =
                  HttpRequest.newBuilder(url)
                      .timeout(timeout)
                      .header("Content-Type", contentType)
                      .POST(BodyPublishers.ofByteArray(body.get()));
              credentials.addTo(request);
              return http.sendAsync(request.build(), BodyHandlers.ofByteArray());
            });
  }

  /** Asks a node for a path, without credentials; the body of the answer is discarded. */
  CompletableFuture<HttpResponse<Void>> get(String node, String path, Duration longest) {
    return PeerUrls.of(node, path)
        .thenCompose(
            url ->
                http.sendAsync(
                    HttpRequest.newBuilder(url).timeout(longest).build(),
                    BodyHandlers.discarding()));
  }
}
