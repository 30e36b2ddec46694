package org.cloudcrowd.server.dispatch;

import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.protocol.server.Dispatch;
import org.cloudcrowd.protocol.server.DispatchReply;
import org.osgi.service.component.annotations.Component;

/**
 * The polls of nodes that the server cannot reach, which wait for units.
 *
 * <p>A batch that answers a poll counts as taken. Where the answer is lost, the node's next
 * heartbeat does not name its leases, and they are ended.
 */
@Component(service = WaitingPolls.class)
public final class WaitingPolls {
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
  boolean isWaiting(String node) {
    return waiting.containsKey(node);
  }

  /** Answers a node's poll. Fails with a {@link ConnectException} where none waits. */
  CompletableFuture<DispatchReply> send(String node, Dispatch dispatch) {
    var poll = waiting.remove(node);
    if (poll == null || !poll.complete(dispatch)) {
      return CompletableFuture.failedFuture(
          new ConnectException("node " + node + " does not ask for work now"));
    }
    return CompletableFuture.completedFuture(
        new DispatchReply(
            dispatch.units().stream().map(unit -> unit.lease().workUnitId()).toList(), List.of()));
  }
}
