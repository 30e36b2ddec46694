package org.cloudcrowd.server.health;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.store.NodeRegistry;
import org.cloudcrowd.store.StoreException;
import org.cloudcrowd.store.WorkStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queries the database periodically on a thread of its own, so that callers learn whether it is
 * available without waiting for it.
 */
@Component(service = DatabaseProbe.class)
public final class DatabaseProbe {
  private static final Logger log = LoggerFactory.getLogger(DatabaseProbe.class);
  private static final int EVERY_MILLIS = 400;

  /**
   * A query without an answer for this long has failed, so that an outage is known within two
   * seconds.
   */
  private static final long LONGEST_NANOS = Duration.ofMillis(1200).toNanos();

  private static final int STOP_SECONDS = 10;

  private final NodeRegistry registry;
  private final WorkStore store;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private volatile long answeredAt = System.nanoTime();
  private volatile String fault;

  @Activate
  public DatabaseProbe(@Reference NodeRegistry registry, @Reference WorkStore store) {
    this.registry = registry;
    this.store = store;
    var unused = timer.scheduleWithFixedDelay(this::ask, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Stops after the pass that is under way: an interrupt would break Derby's files. */
  @Deactivate
  public void stop() throws InterruptedException {
    timer.shutdown();
    var unused = timer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
  }

  private void ask() {
    try {
      registry.heardSince(store.now());
      answeredAt = System.nanoTime();
      fault = null;
    } catch (StoreException e) {
      fault = e.getMessage();
    } catch (RuntimeException e) {
      // The timer would not call again.
      log.error("The database cannot be asked whether it is there", e);
      fault = "It cannot be asked.";
    }
  }

  /** Why the database is not available, in a sentence, or null where it is. Returns at once. */
  public String fault() {
    var known = fault;
    if (known != null) {
      return "The database is not available. " + known;
    }
    long silent = System.nanoTime() - answeredAt;
    return silent <= LONGEST_NANOS
        ? null
        : "The database is not available. It has not answered for "
            + Math.max(1, Duration.ofNanos(silent).toSeconds())
            + " s";
  }
}
