package org.cloudcrowd.node.server;

import org.cloudcrowd.node.NodeConfiguration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;

/** Which way work comes: the server sends it, or this node asks for it. */
@Component(
    service = DeliveryMode.class,
    configurationPid = NodeConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class DeliveryMode {
  private final boolean mayChange;
  private String pullReason;

  /** Begins as configured. */
  @Activate
  public DeliveryMode(NodeConfiguration configuration) {
    mayChange = configuration.connection().equals("auto");
    pullReason = configuration.connection().equals("pull") ? "it is configured so" : null;
  }

  /** Why this node asks for its work itself, or null where the server sends it. */
  public synchronized String pullReason() {
    return pullReason;
  }

  /**
   * The server cannot send to this node.
   *
   * @return whether the node asks for its work from now on, and did not before
   */
  public synchronized boolean unreachable(String reason) {
    if (!mayChange || pullReason != null) {
      return false;
    }
    pullReason = reason;
    notifyAll();
    return true;
  }

  /** Waits until this node is to ask for its work. */
  synchronized void awaitPull() throws InterruptedException {
    while (pullReason == null) {
      wait();
    }
  }
}
