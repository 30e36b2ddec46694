package org.cloudcrowd.node.presence;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;

/** Passes a server's request for a heartbeat to the {@link HeartbeatSender}. */
@Component(service = HeartbeatTrigger.class)
public final class HeartbeatTrigger {
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  void request() {
    listeners.forEach(Runnable::run);
  }

  /**
   * Subscribes to requests for a heartbeat.
   *
   * @return ends the subscription when it is run
   */
  Runnable onRequest(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
