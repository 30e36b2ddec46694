package org.cloudcrowd.server.dispatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.endpoint.Credentials;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.server.Dispatch;
import org.cloudcrowd.protocol.server.DispatchReply;
import org.cloudcrowd.protocol.server.Trial;
import org.cloudcrowd.server.settings.ServerSettings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends units to nodes over kept-alive connections. May be used by any number of threads. */
@Component(service = NodeClient.class)
public final class NodeClient {
  private static final Logger log = LoggerFactory.getLogger(NodeClient.class);
  private static final int OK = 200;
  private static final int OVERLOADED = 503;
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);

  private final ObjectMapper json = WireJson.newMapper();
  private final Credentials credentials;
  private final Duration timeout;
  private final HttpClient http;

  /**
   * @param settings has the timeout of answers
   */
  @Activate
  public NodeClient(@Reference ServerSettings settings, @Reference Credentials credentials) {
    this.credentials = credentials;
    timeout = Duration.ofSeconds(settings.configuration().dispatch__timeout__seconds());
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
  }

  /**
   * Sends a batch of units.
   *
   * @param node the node's address, {@code host:port}
   * @return the node's reply; fails with an {@link IOException} where the answer is not that of a
   *     node, and with a {@link java.net.ConnectException} where no connection was made
   */
  CompletableFuture<DispatchReply> send(String node, Dispatch dispatch) {
    return post(node, "/work", dispatch).thenApply(response -> reply(response, dispatch));
  }

  /**
   * Has a node try a bundle.
   *
   * @param node the node's address, {@code host:port}
   * @return the outcome; fails with an {@link IOException} where the answer is not that of a node
   */
  CompletableFuture<Trial.Outcome> tryOut(String node, Trial trial) {
    return post(node, "/trial", trial).thenApply(this::outcome);
  }

  private CompletableFuture<HttpResponse<byte[]>> post(String node, String path, Object record) {
    return PeerUrls.of(node, path)
        .thenCompose(
            url -> {
              var request =
                  HttpRequest.newBuilder(url)
                      .timeout(timeout)
                      .header("Content-Type", "application/json")
                      .POST(BodyPublishers.ofByteArray(bytes(record)));
              credentials.addTo(request);
              return http.sendAsync(request.build(), BodyHandlers.ofByteArray());
            });
  }

  private Trial.Outcome outcome(HttpResponse<byte[]> response) {
    try {
      if (response.statusCode() != OK) {
        throw new IOException(response.uri() + " answered HTTP " + response.statusCode());
      }
      return json.readValue(response.body(), Trial.Outcome.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Tests whether this server can reach a node.
   *
   * @param node the node's address, {@code host:port}
   * @param incarnation the incarnation that is expected there
   * @return completes within two seconds, never with an exception: with the reason why the node
   *     cannot be reached, or null where it can
   */
  public CompletableFuture<String> probe(String node, String incarnation) {
    return PeerUrls.of(node, "/heartbeat")
        .thenCompose(
            url ->
                http.sendAsync(
                    HttpRequest.newBuilder(url).timeout(PROBE_TIMEOUT).build(),
                    BodyHandlers.discarding()))
        .thenApply(
            answer -> {
              var there = answer.headers().firstValue(WireJson.INCARNATION_HEADER);
              return there.isPresent() && !there.get().equals(incarnation)
                  ? "another node answers at " + node
                  : null;
            })
        .completeOnTimeout(
            "no answer from " + node + " within " + PROBE_TIMEOUT.toSeconds() + " s",
            PROBE_TIMEOUT.toMillis(),
            TimeUnit.MILLISECONDS)
        .exceptionally(failure -> "no answer from " + node + ": " + Unanswered.reason(failure));
  }

  private DispatchReply reply(HttpResponse<byte[]> response, Dispatch dispatch) {
    try {
      // With any other status it has not taken the units.
      if (response.statusCode() != OK) {
        if (response.statusCode() != OVERLOADED) {
          log.warn("{} answered a dispatch with HTTP {}", response.uri(), response.statusCode());
        }
        return new DispatchReply(
            List.of(), dispatch.units().stream().map(unit -> unit.lease().workUnitId()).toList());
      }
      return json.readValue(response.body(), DispatchReply.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] bytes(Object record) {
    try {
      return json.writeValueAsBytes(record);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
