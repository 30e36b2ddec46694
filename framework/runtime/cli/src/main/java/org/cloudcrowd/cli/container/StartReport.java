package org.cloudcrowd.cli.container;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.cloudcrowd.launcher.container.Container;
import org.cloudcrowd.launcher.container.StartException;

/**
 * Waits until a container can be used, and reports what keeps it from that: failed parts as soon as
 * they are known, and waiting parts when nothing changes any more. For one thread.
 */
final class StartReport {
  /** How often a starting container is checked for failed parts. */
  private static final long LOOK_SECONDS = 1;

  /** After so many checks without a change the waiting parts are reported. */
  private static final int QUIET_LOOKS = 10;

  private final Container container;
  private final Consumer<String> out;
  private final Set<String> told = new HashSet<>();
  private List<String> before = List.of();
  private int quietLooks;

  /**
   * A report of a start.
   *
   * @param out receives the lines
   */
  StartReport(Container container, Consumer<String> out) {
    this.container = container;
    this.out = out;
  }

  /**
   * Waits for at most some seconds.
   *
   * @return whether the container can be used, by then
   * @throws StartException if a bundle reports a fault that the user can mend
   */
  boolean awaitReady(long seconds) throws StartException, InterruptedException {
    for (long waited = 0; waited < seconds; waited += LOOK_SECONDS) {
      if (container.awaitReady(LOOK_SECONDS, TimeUnit.SECONDS)) {
        return true;
      }
      look();
    }
    return false;
  }

  /** Waits until the container can be used, however long that takes. */
  void awaitReady() throws StartException, InterruptedException {
    while (!container.awaitReady(LOOK_SECONDS, TimeUnit.SECONDS)) {
      look();
    }
  }

  private void look() {
    var failures = container.newFailures();
    failures.forEach(out);
    told.addAll(failures);
    var missing = container.missing();
    quietLooks = missing.equals(before) ? quietLooks + 1 : 0;
    before = missing;
    if (quietLooks == QUIET_LOOKS) {
      missing.stream().filter(told::add).forEach(part -> out.accept("still starting: " + part));
    }
  }
}
