package org.cloudcrowd.server.transports;

import java.net.ConnectException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.cloudcrowd.protocol.peer.PeerUrl;

/**
 * The URLs of nodes. A name that is no address fails as an address to which no connection can be
 * made.
 */
final class PeerUrls {
  private PeerUrls() {}

  /**
   * The URL of a path at a node. A name that needs a resolver is looked up on another thread.
   *
   * @return fails with a {@link ConnectException} where there is no such address
   */
  static CompletableFuture<URI> of(String hostPort, String path) {
    try {
      var url = URI.create("http://" + hostPort + path);
      return PeerUrl.asksResolver(url)
          ? CompletableFuture.supplyAsync(() -> resolved(hostPort, path))
          : CompletableFuture.completedFuture(url);
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(
          new ConnectException("'" + hostPort + "' is no address"));
    }
  }

  private static URI resolved(String hostPort, String path) {
    try {
      return PeerUrl.of(hostPort, path);
    } catch (ConnectException e) {
      throw new CompletionException(e);
    }
  }
}
