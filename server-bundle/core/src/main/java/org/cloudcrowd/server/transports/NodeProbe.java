package org.cloudcrowd.server.transports;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.protocol.json.WireJson;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tests whether this server can reach a node. May be used by any number of threads. */
@Component(service = NodeProbe.class)
public final class NodeProbe {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final NodeHttp http;

  @Activate
  public NodeProbe(@Reference NodeHttp http) {
    this.http = http;
  }

  /**
   * Sends a request to a node.
   *
   * @param node the node's address, {@code host:port}
   * @param incarnation the incarnation that is expected there
   * @return completes within two seconds, never with an exception: with the reason why the node
   *     cannot be reached, or null where it can
   */
  public CompletableFuture<String> probe(String node, String incarnation) {
    return http.get(node, "/heartbeat", TIMEOUT)
        .thenApply(
            answer -> {
              var there = answer.headers().firstValue(WireJson.INCARNATION_HEADER);
              return there.isPresent() && !there.get().equals(incarnation)
                  ? "another node answers at " + node
                  : null;
            })
        .completeOnTimeout(
            "no answer from " + node + " within " + TIMEOUT.toSeconds() + " s",
            TIMEOUT.toMillis(),
            TimeUnit.MILLISECONDS)
        .exceptionally(failure -> "no answer from " + node + ": " + Unanswered.reason(failure));
  }
}
