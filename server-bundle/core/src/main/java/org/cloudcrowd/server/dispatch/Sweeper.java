package org.cloudcrowd.server.dispatch;

import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.server.nodes.LiveNodes;
import org.cloudcrowd.store.StoreException;
import org.cloudcrowd.store.WorkStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repairs, every second, what silence left: nodes that are gone, and leases past their end. */
@Component(
    service = Sweeper.class,
    immediate = true,
    configurationPid = ServerConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Sweeper {
  private static final Logger log = LoggerFactory.getLogger(Sweeper.class);
  private static final int EVERY_SECONDS = 1;
  private static final int STOP_SECONDS = 10;

  private final LiveNodes nodes;
  private final WorkStore store;
  private final Dispatcher dispatcher;
  private final int leaseSeconds;
  private final Clock clock = Clock.systemUTC();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  /** Begins to sweep. */
  @Activate
  public Sweeper(
      ServerConfiguration configuration,
      @Reference LiveNodes nodes,
      @Reference WorkStore store,
      @Reference Dispatcher dispatcher) {
    this.nodes = nodes;
    this.store = store;
    this.dispatcher = dispatcher;
    this.leaseSeconds = configuration.lease__seconds();
    var unused = timer.scheduleWithFixedDelay(this::sweep, 0, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /** Stops sweeping, after the sweep that is under way: an interrupt would break Derby's files. */
  @Deactivate
  public void stop() throws InterruptedException {
    timer.shutdown();
    var unused = timer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
  }

  private void sweep() {
    try {
      var now = clock.instant();
      for (String name : nodes.forgetSilent(now.minusSeconds(leaseSeconds))) {
        log.warn("Node {} has been silent for {} s; its work goes to others", name, leaseSeconds);
      }
      int queued = store.expire(now);
      if (queued > 0) {
        log.warn("{} work unit(s) whose lease has ended are queued again", queued);
        dispatcher.wake();
      }
    } catch (StoreException e) {
      log.error("The sweep could not be done. {}", e.getMessage());
    }
  }
}
