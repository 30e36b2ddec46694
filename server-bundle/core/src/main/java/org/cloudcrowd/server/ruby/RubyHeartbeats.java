package org.cloudcrowd.server.ruby;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.config.ServerSettings;
import org.cloudcrowd.server.nodes.Cluster;
import org.cloudcrowd.server.nodes.NodeKind;
import org.cloudcrowd.server.transports.NodeProbe;
import org.cloudcrowd.store.Backoff;
import org.cloudcrowd.store.NodeRegistry;
import org.cloudcrowd.store.NodeRegistry.KnownNode;
import org.cloudcrowd.store.StoreException;
import org.cloudcrowd.store.WorkStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes Ruby nodes, which themselves check in only every five minutes. So a Ruby node that is gone
 * is noticed as soon as one of ours, and a restarted server knows live ones at once.
 */
@Component(immediate = true, service = RubyHeartbeats.class)
public final class RubyHeartbeats {
  private static final Logger log = LoggerFactory.getLogger(RubyHeartbeats.class);
  private static final int HEARTBEATS_IN_A_LEASE = 3;
  private static final long STOP_SECONDS = 10;
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);

  /** Answers are written into the database by several threads. */
  private static final int WRITERS = 4;

  /**
   * How long a silent node is probed: after two missed check-ins it is forgotten until it checks
   * in.
   */
  private static final Duration ASKED_FOR = Duration.ofMinutes(10);

  private final NodeRegistry registry;
  private final WorkStore store;
  private final NodeProbe probe;
  private final Cluster cluster;
  private final RubyNodeService nodes;
  private final long periodMillis;
  private final Backoff backoff;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final Map<String, Asked> asked = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS);

  /** The state of a node; the timer's thread and one of the writers use it alternately. */
  private static final class Asked {
    private volatile boolean underWay;
    private final AtomicInteger silent = new AtomicInteger();
    private volatile long nextAt = System.nanoTime();
  }

  @Activate
  public RubyHeartbeats(
      @Reference ServerSettings settings,
      @Reference NodeRegistry registry,
      @Reference WorkStore store,
      @Reference NodeProbe probe,
      @Reference Cluster cluster,
      @Reference RubyNodeService nodes) {
    this.registry = registry;
    this.store = store;
    this.probe = probe;
    this.cluster = cluster;
    this.nodes = nodes;
    periodMillis =
        TimeUnit.SECONDS.toMillis(settings.configuration().lease__seconds())
            / HEARTBEATS_IN_A_LEASE;
    backoff = new Backoff(Duration.ofMillis(2 * periodMillis), LONGEST_BACKOFF);
    var unused = timer.scheduleWithFixedDelay(this::askAll, 0, periodMillis, TimeUnit.MILLISECONDS);
  }

  /** Stops after the answers that are being written: an interrupt would break Derby's files. */
  @Deactivate
  public void stop() throws InterruptedException {
    timer.shutdown();
    var unused = timer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    writers.shutdown();
    unused = writers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
  }

  private void askAll() {
    try {
      var now = store.now();
      var ruby =
          registry.heardSince(now.minus(ASKED_FOR)).stream()
              .filter(node -> NodeKind.of(node.incarnation()) == NodeKind.RUBY)
              .toList();
      asked.keySet().retainAll(ruby.stream().map(KnownNode::name).toList());
      for (KnownNode node : ruby) {
        var state = asked.computeIfAbsent(node.name(), name -> new Asked());
        if (now.minusMillis(periodMillis).isBefore(node.heardAt())) {
          // It has checked in itself.
          state.silent.set(0);
        }
        if (!state.underWay && (state.silent.get() == 0 || System.nanoTime() - state.nextAt >= 0)) {
          ask(node, state);
        }
      }
    } catch (StoreException e) {
      log.debug("Ruby nodes are not asked for their heartbeat now", e);
    } catch (RuntimeException e) {
      log.error("Ruby nodes could not be asked for their heartbeat; this is tried again", e);
    }
  }

  /**
   * Probes a node concurrently with the others, so that no healthy node waits for a silent one's
   * timeout.
   */
  private void ask(KnownNode node, Asked state) {
    state.underWay = true;
    var unused =
        probe
            .probe(node.name(), node.incarnation())
            .thenAcceptAsync(silence -> answered(node, state, silence), writers)
            .whenComplete((done, failure) -> state.underWay = false);
  }

  private void answered(KnownNode node, Asked state, String silence) {
    try {
      if (silence == null) {
        state.silent.set(0);
        nodes.heard(node.name(), cluster.heartbeat(node));
        return;
      }
      int before = state.silent.getAndIncrement();
      if (before == 0) {
        log.info("Ruby node {} is silent: {}", node.name(), silence);
      }
      state.nextAt = System.nanoTime() + backoff.after(before + 1, random.nextDouble()).toNanos();
    } catch (InvalidRequestException e) {
      log.warn("Ruby node {} is not kept: {}", node.name(), e.getMessage());
    } catch (StoreException e) {
      log.debug("What Ruby node {} says waits for the database", node.name(), e);
    } catch (RuntimeException e) {
      log.error("Ruby node {} could not be asked for its heartbeat", node.name(), e);
    }
  }
}
