package org.cloudcrowd.server.membership;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.protocol.node.AdvertisedAction;
import org.cloudcrowd.protocol.node.BundleRef;
import org.cloudcrowd.protocol.node.Dispatch;
import org.cloudcrowd.protocol.node.Heartbeat;
import org.cloudcrowd.protocol.node.HeartbeatReply;
import org.cloudcrowd.protocol.node.Poll;
import org.cloudcrowd.protocol.node.UnitInWorker;
import org.cloudcrowd.protocol.server.NodeView;
import org.cloudcrowd.protocol.server.WorkersRequest;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.server.ConflictException;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.Nodes;
import org.cloudcrowd.server.config.ServerSettings;
import org.cloudcrowd.server.dispatch.Dispatcher;
import org.cloudcrowd.server.nodes.AdvertisedActions;
import org.cloudcrowd.server.nodes.Cluster;
import org.cloudcrowd.server.nodes.LiveNode;
import org.cloudcrowd.server.nodes.LiveNodes;
import org.cloudcrowd.server.nodes.Member;
import org.cloudcrowd.server.nodes.NodeEligibility;
import org.cloudcrowd.server.nodes.NodeKind;
import org.cloudcrowd.server.transports.LongPoll;
import org.cloudcrowd.server.transports.NodeCommands;
import org.cloudcrowd.server.transports.NodeProbe;
import org.cloudcrowd.store.ActionCatalog;
import org.cloudcrowd.store.ActionCatalog.KnownAction;
import org.cloudcrowd.store.DeployedBundles;
import org.cloudcrowd.store.DeployedBundles.DeployedBundle;
import org.cloudcrowd.store.NodeRegistry;
import org.cloudcrowd.store.NodeRegistry.Eligibility;
import org.cloudcrowd.store.WorkStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Component(service = {Nodes.class, NodeService.class})
public final class NodeService implements Nodes {
  private static final Logger log = LoggerFactory.getLogger(NodeService.class);

  private static final Duration LONGEST_POLL = Duration.ofSeconds(20);
  private static final Duration UNKNOWN_PAUSE = Duration.ofMillis(200);

  private final LiveNodes nodes;
  private final Cluster cluster;
  private final NodeRegistry registry;
  private final NodeEligibility nodeEligibility;
  private final WorkStore store;
  private final ActionCatalog catalog;
  private final DeployedBundles bundles;
  private final NodeProbe probe;
  private final LongPoll polls;
  private final Dispatcher dispatcher;
  private final NodeCommands nodeCommands;
  private final int leaseSeconds;
  private final int maxNodeLosses;

  @Activate
  public NodeService(
      @Reference ServerSettings settings,
      @Reference LiveNodes nodes,
      @Reference Cluster cluster,
      @Reference NodeRegistry registry,
      @Reference NodeEligibility nodeEligibility,
      @Reference WorkStore store,
      @Reference ActionCatalog catalog,
      @Reference DeployedBundles bundles,
      @Reference NodeProbe probe,
      @Reference LongPoll polls,
      @Reference Dispatcher dispatcher,
      @Reference NodeCommands nodeCommands) {
    var configuration = settings.configuration();
    this.nodes = nodes;
    this.cluster = cluster;
    this.registry = registry;
    this.nodeEligibility = nodeEligibility;
    this.store = store;
    this.catalog = catalog;
    this.bundles = bundles;
    this.probe = probe;
    this.polls = polls;
    this.dispatcher = dispatcher;
    this.nodeCommands = nodeCommands;
    this.leaseSeconds = configuration.lease__seconds();
    this.maxNodeLosses = configuration.max__node__losses();
  }

  @Override
  public HeartbeatReply heartbeat(String name, Heartbeat heartbeat) throws InvalidRequestException {
    var sound = HeartbeatCheck.checked(name, heartbeat);
    if (NodeKind.of(heartbeat.incarnation()) == NodeKind.RUBY) {
      throw new InvalidRequestException(
          "/incarnation",
          "incarnation must not be "
              + NodeKind.RUBY_INCARNATION
              + ", which stands for all Ruby nodes");
    }
    return heard(name, sound);
  }

  /**
   * Processes a heartbeat that this server has made for a Ruby node. Leases that it does not name
   * are not ended.
   *
   * @throws InvalidRequestException if the name is no address, or the heartbeat is invalid
   */
  public void heartbeatOfRuby(String name, Heartbeat heartbeat) throws InvalidRequestException {
    heard(name, HeartbeatCheck.checked(name, heartbeat));
  }

  private HeartbeatReply heard(String name, Heartbeat heartbeat) {
    // First, so that the leases are renewed even if something below fails; the next heartbeat
    // repeats it.
    var held = heartbeat.leases();
    var lost = store.renew(name, held, Duration.ofSeconds(leaseSeconds));
    var local = nodes.find(name);
    boolean isNewHere = local == null || !local.incarnation().equals(heartbeat.incarnation());
    var arriving = isNewHere ? Set.<Long>of() : local.arrivedLately();
    boolean sending =
        local != null && local.incarnation().equals(heartbeat.incarnation()) && local.isSending();
    if (isNewHere || !local.advertises(heartbeat.actions())) {
      // Before the node is recorded, so that the next heartbeat repeats it if it fails.
      catalog.record(heartbeat.actions().stream().map(NodeService::known).toList());
    }
    var now = store.now();
    var heard = nodeEligibility.heard(name, heartbeat, cluster.describe(heartbeat), now);
    var before = heard.before();
    var node = heard.now();
    boolean restarted = before == null || !before.incarnation().equals(heartbeat.incarnation());
    if (node.kind().canPoll()
        && heartbeat.pull() == null
        && (isNewHere || node.unreachable() != null)) {
      probe(node);
    }
    if (restarted) {
      log.info("Node {} is here, with {} worker(s)", name, heartbeat.maxWorkers());
    }
    if (!sending && node.kind().namesItsLeases()) {
      queueLost(name, held, arriving, restarted ? now : before.heardAt());
    }
    dispatcher.wake();
    return new HeartbeatReply(
        leaseSeconds,
        node.unreachable(),
        lost.stream().map(Lease::unitId).toList(),
        before == null ? null : before.maxWorkers(),
        heartbeat.bundles() == null ? null : deployed());
  }

  private List<BundleRef> deployed() {
    return bundles.all().stream()
        .map(DeployedBundle::bundle)
        .map(
            bundle ->
                new BundleRef(
                    bundle.sha256(),
                    bundle.symbolicName(),
                    bundle.version().toString(),
                    bundle.isProgram()))
        .toList();
  }

  /**
   * Tests whether this server can reach a node. A node that it cannot reach is told so in each
   * reply and tested again at each heartbeat until it asks for its units: it may not have got the
   * first reply, and the obstacle may be gone.
   */
  private void probe(LiveNode node) {
    var before = node.unreachable();
    var now = probe.probe(node.name(), node.incarnation()).join();
    node.unreachable(now);
    if (now != null && before == null) {
      log.warn("Node {} must ask for its work itself: {}", node.name(), now);
    } else if (now == null && before != null) {
      log.info("Node {} can be reached now", node.name());
    }
  }

  /**
   * Ends leases that the node no longer has. A lease from before its last heartbeat that this one
   * does not name cannot be still on its way. Units that arrived after the last heartbeat are left
   * alone, since this one may have been written before. After a restart the node has no leases but
   * those that it names.
   */
  private void queueLost(String name, List<Lease> held, Set<Long> arriving, Instant claimedBefore) {
    int queued = store.releaseLost(name, held, arriving, claimedBefore, maxNodeLosses);
    if (queued > 0) {
      log.warn("Node {} has lost {} work unit(s)", name, queued);
    }
  }

  @Override
  public CompletableFuture<Dispatch> poll(String name, Poll poll) {
    var node = nodes.find(name);
    if (node == null || poll == null || !node.incarnation().equals(poll.incarnation())) {
      // Until its heartbeat has come, its polls end without units after a short pause.
      return new CompletableFuture<Dispatch>()
          .completeOnTimeout(null, UNKNOWN_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }
    var answer = polls.await(name, LONGEST_POLL);
    dispatcher.madeRoom();
    return answer;
  }

  @Override
  public boolean leave(String name) {
    nodes.remove(name);
    boolean known = registry.remove(name);
    int queued = store.handBack(name);
    if (known) {
      log.info("Node {} has left; {} work unit(s) are queued again", name, queued);
    }
    dispatcher.wake();
    return known;
  }

  @Override
  public NodeView drain(String name) {
    return changeEligibility(
        name, new Eligibility("drained: it takes nothing until it is resumed", null));
  }

  @Override
  public NodeView resume(String name) {
    return changeEligibility(name, Eligibility.ELIGIBLE);
  }

  private NodeView changeEligibility(String name, Eligibility eligibility) {
    if (!nodeEligibility.change(name, eligibility)) {
      return null;
    }
    log.info("Node {} is {}", name, eligibility.isEligible() ? "resumed" : eligibility.reason());
    dispatcher.wake();
    return find(name);
  }

  private NodeView find(String name) {
    return live().stream().filter(node -> node.host().equals(name)).findFirst().orElse(null);
  }

  @Override
  public NodeView changeMaxWorkers(String name, Integer maxWorkers)
      throws InvalidRequestException, ConflictException {
    if (maxWorkers != null && (maxWorkers < 1 || maxWorkers > WorkersRequest.MAX)) {
      throw new InvalidRequestException(
          "/max_workers", "max_workers must be from 1 to " + WorkersRequest.MAX);
    }
    var node = find(name);
    if (node == null) {
      return null;
    }
    var kind = cluster.kind(name);
    if (kind != null && !kind.canBeResized()) {
      throw new ConflictException(
          name + " is a Ruby node; its max_workers stands in its own config.yml");
    }
    if (!registry.changeMaxWorkers(name, maxWorkers)) {
      return null;
    }
    log.info(
        "Node {} is to run {} work unit(s) at once",
        name,
        maxWorkers == null ? "as it is configured, so many" : maxWorkers);
    nodeCommands.requestHeartbeats();
    return node;
  }

  @Override
  public Long unitOf(String name, long worker) {
    return live().stream()
        .filter(node -> node.host().equals(name))
        .flatMap(node -> node.running().stream())
        .filter(running -> running.worker() == worker)
        .map(UnitInWorker::workUnitId)
        .findFirst()
        .orElse(null);
  }

  @Override
  public List<NodeView> live() {
    return cluster.members().stream().map(Member::view).toList();
  }

  @Override
  public List<AdvertisedAction> actions() {
    return cluster.actions();
  }

  private static KnownAction known(AdvertisedAction action) {
    return new KnownAction(
        action.name(),
        AdvertisedActions.version(action),
        action.splits(),
        action.merges(),
        action.options() == null ? null : action.options().toString());
  }
}
