package org.cloudcrowd.server.transports;

import java.util.concurrent.CompletableFuture;
import org.cloudcrowd.protocol.node.Dispatch;
import org.cloudcrowd.protocol.node.DispatchReply;
import org.cloudcrowd.protocol.node.Trial;
import org.cloudcrowd.server.nodes.LiveNode;

/**
 * A way to reach nodes. What goes wrong fails the future that a method returns; none throws. May be
 * used by any number of threads.
 */
public interface NodeTransport {
  /** Whether units can be sent to a node now. */
  boolean isOpen(LiveNode node);

  /** Makes the token of a lease for a node that is reached this way, from a random text. */
  String token(String random);

  /**
   * Sends units to a node.
   *
   * @return which units it took; fails with a {@link java.net.ConnectException} where none can have
   *     arrived, and with another exception where that is not known
   */
  CompletableFuture<DispatchReply> send(LiveNode node, Dispatch dispatch);

  /**
   * Asks a node for a heartbeat at once. A node that cannot be asked sends its next one in its own
   * time.
   *
   * @return fails where the node was not reached
   */
  CompletableFuture<?> requestHeartbeat(LiveNode node);

  /**
   * Has a node try a bundle.
   *
   * @return the outcome, or null where nodes cannot be asked this way; fails where the answer is
   *     not that of a node
   */
  CompletableFuture<Trial.Outcome> tryOut(LiveNode node, Trial trial);
}
