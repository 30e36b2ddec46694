package org.cloudcrowd.server.ruby;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.dispatch.NodeClient;
import org.cloudcrowd.server.nodes.Cluster;
import org.cloudcrowd.server.nodes.LiveNode;
import org.cloudcrowd.server.settings.ServerConfiguration;
import org.cloudcrowd.store.NodeRegistry;
import org.cloudcrowd.store.NodeRegistry.KnownNode;
import org.cloudcrowd.store.StoreException;
import org.cloudcrowd.store.WorkStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Ruby nodes for the heartbeat that they do not send: they report every five minutes alone. So
 * one that has gone is noticed as soon as one of ours, and one that is there is known again at once
 * to a server that was started anew.
 */
@Component(
    immediate = true,
    service = RubyHeartbeats.class,
    configurationPid = ServerConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class RubyHeartbeats {
  private static final Logger log = LoggerFactory.getLogger(RubyHeartbeats.class);
  private static final int BEATS_IN_A_LEASE = 3;
  private static final long STOP_SECONDS = 10;

  /** One that was silent for two of its reports comes with its next. */
  private static final Duration ASKED_FOR = Duration.ofMinutes(10);

  private final NodeRegistry registry;
  private final WorkStore store;
  private final NodeClient client;
  private final Cluster cluster;
  private final RubyNodeService nodes;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  /** Begins to ask. */
  @Activate
  public RubyHeartbeats(
      ServerConfiguration configuration,
      @Reference NodeRegistry registry,
      @Reference WorkStore store,
      @Reference NodeClient client,
      @Reference Cluster cluster,
      @Reference RubyNodeService nodes) {
    this.registry = registry;
    this.store = store;
    this.client = client;
    this.cluster = cluster;
    this.nodes = nodes;
    long pause = TimeUnit.SECONDS.toMillis(configuration.lease__seconds()) / BEATS_IN_A_LEASE;
    var unused = timer.scheduleWithFixedDelay(this::askAll, 0, pause, TimeUnit.MILLISECONDS);
  }

  /** Stops asking. */
  @Deactivate
  public void stop() throws InterruptedException {
    timer.shutdown();
    var unused = timer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
  }

  private void askAll() {
    try {
      registry.heardSince(store.now().minus(ASKED_FOR)).stream()
          .filter(node -> node.run().equals(LiveNode.RUBY_RUN))
          .forEach(this::ask);
    } catch (StoreException e) {
      log.debug("Ruby nodes are not asked for their heartbeat now", e);
    } catch (RuntimeException e) {
      log.error("Ruby nodes could not be asked for their heartbeat; this is tried again", e);
    }
  }

  private void ask(KnownNode node) {
    if (client.whyUnreachable(node.name(), node.run()) != null) {
      return;
    }
    try {
      nodes.heard(node.name(), cluster.checkIn(node));
    } catch (InvalidRequestException e) {
      log.warn("Ruby node {} is not kept: {}", node.name(), e.getMessage());
    }
  }
}
