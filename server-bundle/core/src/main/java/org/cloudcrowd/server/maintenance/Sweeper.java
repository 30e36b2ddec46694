package org.cloudcrowd.server.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.server.config.ServerSettings;
import org.cloudcrowd.server.dispatch.Dispatcher;
import org.cloudcrowd.server.health.WorkLoop;
import org.cloudcrowd.server.health.WorkLoops;
import org.cloudcrowd.server.nodes.AdvertisedActions;
import org.cloudcrowd.server.nodes.Cluster;
import org.cloudcrowd.server.nodes.LiveNodes;
import org.cloudcrowd.store.ActionCatalog;
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
 * Sweeps every second: removes silent nodes, ends expired leases, begins waiting jobs, and queues
 * delayed units that are due; and less often, it removes versions of actions that no node
 * advertises any more.
 */
@Component(service = Sweeper.class, immediate = true)
public final class Sweeper {
  private static final Logger log = LoggerFactory.getLogger(Sweeper.class);
  private static final int EVERY_SECONDS = 1;
  private static final int FORGET_VERSIONS_EVERY_SECONDS = 5;
  private static final int STOP_SECONDS = 10;

  /** How long a node that is gone stays in the registry. */
  private static final Duration FORGET_AFTER = Duration.ofHours(1);

  private final LiveNodes nodes;
  private final WorkStore store;
  private final NodeRegistry registry;
  private final ActionCatalog catalog;
  private final Cluster cluster;
  private final Dispatcher dispatcher;
  private final int leaseSeconds;
  private final int maxNodeLosses;
  private final WorkLoops loops;
  private final WorkLoop loop;
  private boolean hasAdopted;
  private boolean databaseIsAway;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  @Activate
  public Sweeper(
      @Reference ServerSettings settings,
      @Reference LiveNodes nodes,
      @Reference WorkStore store,
      @Reference NodeRegistry registry,
      @Reference ActionCatalog catalog,
      @Reference Cluster cluster,
      @Reference Dispatcher dispatcher,
      @Reference WorkLoops loops) {
    var configuration = settings.configuration();
    this.loops = loops;
    this.nodes = nodes;
    this.store = store;
    this.registry = registry;
    this.catalog = catalog;
    this.cluster = cluster;
    this.dispatcher = dispatcher;
    this.leaseSeconds = configuration.lease__seconds();
    this.maxNodeLosses = configuration.max__node__losses();
    loop = loops.begin("Leases have not been swept", Duration.ofSeconds(EVERY_SECONDS));
    var unused =
        timer.scheduleWithFixedDelay(
            () -> guarded(() -> loop.run(this::sweep)), 0, EVERY_SECONDS, TimeUnit.SECONDS);
    unused =
        timer.scheduleWithFixedDelay(
            () -> guarded(this::forgetVersions),
            FORGET_VERSIONS_EVERY_SECONDS,
            FORGET_VERSIONS_EVERY_SECONDS,
            TimeUnit.SECONDS);
  }

  /** Stops sweeping, after the sweep that is under way: an interrupt would break Derby's files. */
  @Deactivate
  public void stop() throws InterruptedException {
    timer.shutdown();
    var unused = timer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    loops.end(loop);
  }

  /** Logs once that the database is away, however long. */
  private void unavailable(StoreException e) {
    if (!databaseIsAway) {
      log.error("The database is not available. {}", e.getMessage());
    }
    databaseIsAway = true;
  }

  private void available() {
    if (databaseIsAway) {
      log.info("The database is available again");
    }
    databaseIsAway = false;
  }

  /**
   * Runs the steps of a sweep. A step that fails does not keep the others from running; the first
   * failure is that of the pass.
   */
  private void sweep() {
    if (!hasAdopted) {
      store.adopt(Duration.ofSeconds(leaseSeconds));
      hasAdopted = true;
    }
    var silentSince = store.now().minusSeconds(leaseSeconds);
    RuntimeException failure = null;
    for (Runnable step :
        List.<Runnable>of(
            () -> forgetSilent(silentSince),
            this::endLeases,
            store::queueDue,
            this::beginWaiting,
            // An action that is limited by the second may have units claimed again.
            dispatcher::wake,
            () -> registry.forget(silentSince.minus(FORGET_AFTER)))) {
      try {
        step.run();
      } catch (RuntimeException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void forgetSilent(Instant silentSince) {
    for (String name : nodes.forgetSilent(silentSince)) {
      log.warn("Node {} has been silent for {} s; its work goes to others", name, leaseSeconds);
    }
  }

  private void endLeases() {
    int ended = store.expire(maxNodeLosses);
    if (ended > 0) {
      log.warn("{} work unit(s) whose lease has ended were taken back from their nodes", ended);
    }
  }

  private void beginWaiting() {
    int begun = store.beginWaiting();
    if (begun > 0) {
      log.info("{} job(s) that waited have begun, or were cancelled", begun);
    }
  }

  private void forgetVersions() {
    // Versions that are advertised from now on may be missing from what is read next.
    var now = store.now();
    catalog.keep(AdvertisedActions.versions(cluster.actions()), now);
    store.forgetVersionRanges();
  }

  private void guarded(Runnable work) {
    try {
      work.run();
      available();
    } catch (StoreException e) {
      unavailable(e);
    } catch (RuntimeException e) {
      // The timer would not call again.
      log.error("The sweep failed; it is tried again", e);
    }
  }
}
