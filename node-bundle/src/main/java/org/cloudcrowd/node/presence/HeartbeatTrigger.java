package org.cloudcrowd.node.presence;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;

/** Carries a server's wish that this node checks in at once, from where it comes to who beats. */
@Component(service = HeartbeatTrigger.class)
public final class HeartbeatTrigger {
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  void prompt() {
    listeners.forEach(Runnable::run);
  }

  /**
   * Calls back at each wish.
   *
   * @return ends the calls when it is run
   */
  Runnable onPrompt(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
