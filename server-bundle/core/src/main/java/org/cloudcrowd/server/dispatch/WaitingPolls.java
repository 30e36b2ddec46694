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
 * The requests by which nodes that the server cannot reach ask for their work.
 *
 * <p>A batch that answers a request counts as taken. Where the answer is lost on its way, the
 * node's next heartbeat does not name its leases, and they end.
 */
@Component(service = WaitingPolls.class)
public final class WaitingPolls {
  private final Map<String, CompletableFuture<Dispatch>> waiting = new ConcurrentHashMap<>();

  /**
   * A node asks for work; an earlier request of the same node ends without any.
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

  /** Whether a node's request waits for an answer. */
  boolean isWaiting(String node) {
    return waiting.containsKey(node);
  }

  /** Answers a node's request. It fails with a {@link ConnectException} where none is waiting. */
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
