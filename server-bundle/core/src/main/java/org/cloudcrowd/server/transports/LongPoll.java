package org.cloudcrowd.server.transports;

import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.protocol.node.Dispatch;
import org.cloudcrowd.protocol.node.DispatchReply;
import org.cloudcrowd.protocol.node.Trial;
import org.cloudcrowd.server.nodes.LiveNode;
import org.osgi.service.component.annotations.Component;

/**
 * The polls of nodes that the server cannot reach, which wait for units.
 *
 * <p>A batch that answers a poll counts as taken. Where the answer is lost, the node's next
 * heartbeat does not name its leases, and they are ended.
 */
@Component(service = LongPoll.class)
public final class LongPoll implements NodeTransport {
  private final Map<String, CompletableFuture<Dispatch>> waiting = new ConcurrentHashMap<>();

  /**
   * Adds a poll of a node; an earlier poll of the same node ends without units.
   *
   * @return completes with a batch, or with null after the given time
   */
  public CompletableFuture<Dispatch> await(String node, Duration longest) {
    var poll = new CompletableFuture<Dispatch>();
    var earlier = waiting.put(node, poll);
    if (earlier != null) {
      earlier.complete(null);
    }
    return poll.completeOnTimeout(null, longest.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((dispatch, failure) -> waiting.remove(node, poll));
  }

  /** Whether a poll of the node waits. */
  @Override
  public boolean isOpen(LiveNode node) {
    return waiting.containsKey(node.name());
  }

  @Override
  public String token(String random) {
    return random;
  }

  @Override
  public CompletableFuture<DispatchReply> send(LiveNode node, Dispatch dispatch) {
    var poll = waiting.remove(node.name());
    if (poll == null || !poll.complete(dispatch)) {
      return CompletableFuture.failedFuture(
          new ConnectException("node " + node.name() + " does not ask for work now"));
    }
    return CompletableFuture.completedFuture(new DispatchReply(dispatch.unitIds(), List.of()));
  }

  @Override
  public CompletableFuture<DispatchReply> requestHeartbeat(LiveNode node) {
    return send(node, Dispatch.HEARTBEAT_REQUEST);
  }

  @Override
  public CompletableFuture<Trial.Outcome> tryOut(LiveNode node, Trial trial) {
    return CompletableFuture.completedFuture(null);
  }
}
