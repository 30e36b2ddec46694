package org.cloudcrowd.node.presence;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.cloudcrowd.node.NodeSettings;
import org.cloudcrowd.node.actions.ActionFolder;
import org.cloudcrowd.node.actions.InstalledActions;
import org.cloudcrowd.node.capabilities.NodeCapabilities;
import org.cloudcrowd.node.deployment.Deployments;
import org.cloudcrowd.node.server.DeliveryMode;
import org.cloudcrowd.node.server.NodeIdentity;
import org.cloudcrowd.node.server.ServerLink;
import org.cloudcrowd.node.server.WorkPoll;
import org.cloudcrowd.node.units.UnitRunners;
import org.cloudcrowd.node.workers.WorkerPool;
import org.cloudcrowd.protocol.node.Heartbeat;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.condition.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends heartbeats to the server, with the actions, limits and leases of this node: at every change
 * of its actions, and otherwise every {@code heartbeat_seconds}.
 *
 * <p>A node that cannot renew its leases kills the workers of its units before the leases end, so
 * that a unit hardly ever runs on two nodes at once. Once the server has answered, a {@link
 * Condition} with the id {@code org.cloudcrowd.node} says that the node can be used.
 */
@Component(service = HeartbeatSender.class, immediate = true)
public final class HeartbeatSender {
  private static final Logger log = LoggerFactory.getLogger(HeartbeatSender.class);
  private static final long RETRY_MILLIS = 500;
  private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(10);
  private static final long LAST_BEAT_MILLIS = 2000;
  private static final long SETTLE_MILLIS = 20;
  private static final long LONGEST_SETTLE_SECONDS = 15;

  /** Workers are killed this share of a lease's term before it ends. */
  private static final double MARGIN = 0.1;

  private final BundleContext context;
  private final ServerLink server;
  private final NodeIdentity identity;
  private final DeliveryMode deliveryMode;
  private final WorkPoll poll;
  private final InstalledActions actions;
  private final ActionFolder folder;
  private final NodeCapabilities capabilities;
  private final Deployments deployments;
  private final WorkerPool pool;
  private final UnitRunners runners;
  private final String tag;
  private final long everyMillis;
  private final int drainSeconds;
  private final Semaphore changes = new Semaphore(0);
  private final List<Runnable> subscriptions;
  private final Thread thread;
  private ServiceRegistration<Condition> ready;
  private boolean silent;
  private volatile boolean closing;

  /**
   * Whether a heartbeat was sent: the server may know this node, even where no answer has arrived.
   */
  private boolean told;

  private long renewedAt = System.nanoTime();
  private long leaseNanos = Long.MAX_VALUE;

  @Activate
  public HeartbeatSender(
      @Reference NodeSettings settings,
      BundleContext context,
      @Reference ServerLink server,
      @Reference NodeIdentity identity,
      @Reference DeliveryMode deliveryMode,
      @Reference WorkPoll poll,
      @Reference InstalledActions actions,
      @Reference ActionFolder folder,
      @Reference NodeCapabilities capabilities,
      @Reference Deployments deployments,
      @Reference HeartbeatTrigger trigger,
      @Reference WorkerPool pool,
      @Reference UnitRunners runners,
      @Reference NodeAnswers endpointAnswers) {
    var configuration = settings.configuration();
    this.context = context;
    this.server = server;
    this.identity = identity;
    this.deliveryMode = deliveryMode;
    this.poll = poll;
    this.actions = actions;
    this.folder = folder;
    this.capabilities = capabilities;
    this.deployments = deployments;
    this.pool = pool;
    this.runners = runners;
    this.tag = configuration.tag().isBlank() ? null : configuration.tag();
    this.everyMillis = TimeUnit.SECONDS.toMillis(configuration.heartbeat__seconds());
    this.drainSeconds = configuration.drain__seconds();
    runners.open();
    subscriptions =
        List.of(
            actions.onChange(changes::release),
            deployments.onChange(changes::release),
            trigger.onRequest(changes::release));
    thread = new Thread(this::run, "heartbeat");
    thread.start();
    poll.start(
        dispatch -> {
          if (dispatch.units().isEmpty()) {
            trigger.request();
          }
          runners.takeOrHandBack(dispatch);
        });
  }

  /** A server in this container is ready; it gets a heartbeat at once. */
  @Reference(
      target = ServerLink.SERVER_READY,
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC)
  void addServerBeside(Condition ready) {
    changes.release();
  }

  /** The server in this container has stopped. */
  void removeServerBeside(Condition ready) {
    changes.release();
  }

  /**
   * Takes no more units, waits for running ones as long as {@code drain_seconds} allows, and tells
   * the server that the node leaves: the server queues the remaining units again.
   */
  @Deactivate
  public void close() throws InterruptedException {
    subscriptions.forEach(Runnable::run);
    poll.close();
    if (ready != null) {
      drain();
    }
    endBeats();
    if (ready != null) {
      ready.unregister();
    }
    if (told) {
      leave();
    }
  }

  /**
   * Waits for a heartbeat that is under way: the server might process one that was broken off after
   * the node has left, and take the node for a live one.
   */
  private void endBeats() throws InterruptedException {
    closing = true;
    changes.release();
    thread.join(LAST_BEAT_MILLIS);
    thread.interrupt();
    thread.join();
  }

  private void drain() throws InterruptedException {
    runners.drain();
    changes.release();
    if (!runners.awaitEmpty(drainSeconds, TimeUnit.SECONDS)) {
      log.info("Work units did not end within drain_seconds; others begin them anew");
    }
  }

  private void leave() throws InterruptedException {
    try {
      server.leave(identity.name());
    } catch (IOException e) {
      log.info("The server did not hear this node's leave: {}", e.getMessage());
    }
  }

  private void run() {
    try {
      awaitActions();
      while (!closing) {
        changes.drainPermits();
        boolean heard = beat();
        var unused = changes.tryAcquire(heard ? everyMillis : RETRY_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until the installed actions are known, so that the first heartbeat advertises them. */
  private void awaitActions() throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SETTLE_SECONDS);
    while (!isSettled() && System.nanoTime() < until) {
      var unused = changes.tryAcquire(SETTLE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private boolean isSettled() {
    try {
      return folder.isSettled();
    } catch (RuntimeException e) {
      log.error("It is not known whether all actions are here; the node begins without", e);
      return true;
    }
  }

  private boolean beat() throws InterruptedException {
    long sentAt = System.nanoTime();
    try {
      told = true;
      var heartbeat = heartbeat();
      var reply = server.heartbeat(identity.name(), heartbeat, timeout());
      renewedAt = sentAt;
      leaseNanos = TimeUnit.SECONDS.toNanos(reply.leaseSeconds());
      var revoked = Set.copyOf(reply.revoked());
      runners.revoke(
          heartbeat.leases().stream().filter(lease -> revoked.contains(lease.unitId())).toList());
      runners.resize(reply.maxWorkers());
      deployments.heard(reply.bundles());
      if (reply.unreachable() != null && deliveryMode.unreachable(reply.unreachable())) {
        log.warn("This node asks for its work itself, because {}", reply.unreachable());
      }
      heard();
      return true;
    } catch (IOException e) {
      unheard(e);
      return false;
    } catch (RuntimeException e) {
      log.error("A heartbeat failed; the next is tried", e);
      endWhatCannotBeRenewed();
      return false;
    }
  }

  /**
   * The timeout of a heartbeat: short enough that after one without an answer there is time to end
   * the units before their leases end.
   */
  private Duration timeout() {
    var third = Duration.ofNanos(leaseNanos / 3);
    return third.compareTo(LONGEST_TIMEOUT) < 0 ? third : LONGEST_TIMEOUT;
  }

  private Heartbeat heartbeat() {
    var problems = folder.problems();
    return new Heartbeat(
        identity.incarnation(),
        tag,
        runners.busyReason(),
        deliveryMode.pullReason(),
        runners.size(),
        runners.capacity(),
        actions.advertised(),
        List.copyOf(pool.pids()),
        runners.inWorkers(),
        capabilities.labels(),
        capabilities.tools().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, tool -> tool.getValue().toString())),
        problems,
        deployments.states(problems),
        runners.leases());
  }

  private void heard() {
    if (silent || ready == null) {
      log.info("The server knows this node as {}", identity.name());
    }
    silent = false;
    if (ready == null) {
      ready =
          context.registerService(
              Condition.class,
              Condition.INSTANCE,
              FrameworkUtil.asDictionary(
                  Map.of(
                      Condition.CONDITION_ID,
                      "org.cloudcrowd.node",
                      "url",
                      "http://" + identity.name() + "/")));
    }
  }

  private void unheard(IOException e) {
    if (!silent && !server.isAwaited()) {
      log.warn("The server does not answer this node: {}", e.getMessage());
    }
    silent = !server.isAwaited();
    endWhatCannotBeRenewed();
  }

  private void endWhatCannotBeRenewed() {
    if (System.nanoTime() - renewedAt > (1 - MARGIN) * leaseNanos) {
      int ended = runners.revokeAll();
      if (ended > 0) {
        log.warn("{} work unit(s) are ended, because their leases cannot be renewed", ended);
      }
    }
  }
}
