package org.cloudcrowd.node.server;

import org.cloudcrowd.node.NodeSettings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How units reach this node: the server sends them, or this node asks for them. */
@Component(service = DeliveryMode.class)
public final class DeliveryMode {
  private final boolean mayChange;
  private String pullReason;

  @Activate
  public DeliveryMode(@Reference NodeSettings settings) {
    var configuration = settings.configuration();
    mayChange = configuration.connection().equals("auto");
    pullReason = configuration.connection().equals("pull") ? "it is configured so" : null;
  }

  /** Why this node asks for units itself, or null where the server sends them. */
  public synchronized String pullReason() {
    return pullReason;
  }

  /**
   * Changes to asking, because the server cannot reach this node.
   *
   * @return whether the node asks for units from now on, and did not before
   */
  public synchronized boolean unreachable(String reason) {
    if (!mayChange || pullReason != null) {
      return false;
    }
    pullReason = reason;
    notifyAll();
    return true;
  }

  /** Waits until this node asks for units. */
  synchronized void awaitPull() throws InterruptedException {
    while (pullReason == null) {
      wait();
    }
  }
}
