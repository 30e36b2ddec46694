package org.cloudcrowd.server.reports;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import org.cloudcrowd.protocol.server.ActionOffer;
import org.cloudcrowd.protocol.server.CheckIn;
import org.cloudcrowd.protocol.server.CheckInReply;
import org.cloudcrowd.protocol.server.NodeView;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.Nodes;
import org.cloudcrowd.server.dispatch.Dispatcher;
import org.cloudcrowd.server.dispatch.ServerConfiguration;
import org.cloudcrowd.server.nodes.LiveNode;
import org.cloudcrowd.server.nodes.LiveNodes;
import org.cloudcrowd.store.ActionCatalog;
import org.cloudcrowd.store.ActionCatalog.KnownAction;
import org.cloudcrowd.store.Lease;
import org.cloudcrowd.store.WorkStore;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes heartbeats. */
@Component(
    configurationPid = ServerConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class NodeService implements Nodes {
  private static final Logger log = LoggerFactory.getLogger(NodeService.class);

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9._-]{1,245}:[0-9]{1,5}|\\[[0-9A-Fa-f:.]{2,45}\\]:[0-9]{1,5}");
  private static final Pattern ACTION = Pattern.compile("[A-Za-z0-9_.-]{1,100}");
  private static final int MAX_ACTIONS = 1000;
  private static final int MAX_CAPACITY = 100_000;

  private final LiveNodes nodes;
  private final WorkStore store;
  private final ActionCatalog catalog;
  private final Dispatcher dispatcher;
  private final int leaseSeconds;
  private final Clock clock;

  /** Takes heartbeats by the system's clock. */
  @Activate
  public NodeService(
      ServerConfiguration configuration,
      @Reference LiveNodes nodes,
      @Reference WorkStore store,
      @Reference ActionCatalog catalog,
      @Reference Dispatcher dispatcher) {
    this.nodes = nodes;
    this.store = store;
    this.catalog = catalog;
    this.dispatcher = dispatcher;
    this.leaseSeconds = configuration.lease__seconds();
    this.clock = Clock.systemUTC();
  }

  @Override
  public CheckInReply checkIn(String name, CheckIn checkIn) throws InvalidRequestException {
    check(name, checkIn);
    var now = clock.instant();
    var before = nodes.find(name);
    var lastHeard = before == null ? null : before.heardAt();
    boolean restarted = before == null || !before.run().equals(checkIn.run());
    boolean offersMore = restarted || !before.actions().equals(checkIn.actions());
    boolean sending = !restarted && before.isSending();
    if (offersMore) {
      catalog.offer(checkIn.actions().stream().map(NodeService::known).toList());
    }
    nodes.heard(name, checkIn, now);
    if (restarted) {
      log.info("Node {} is here, with {} worker(s)", name, checkIn.maxWorkers());
    }
    var held = checkIn.leases().stream().map(NodeService::lease).toList();
    var lost = store.renew(name, held, now.plusSeconds(leaseSeconds));
    if (!sending) {
      queueLost(name, held, restarted ? now : lastHeard);
    }
    dispatcher.wake();
    return new CheckInReply(leaseSeconds, lost.stream().map(Lease::unitId).toList());
  }

  /**
   * What was lent before the node's last heartbeat and is missing from this one, it has lost: it
   * cannot be still on its way. After a restart it can hold only what it says.
   */
  private void queueLost(String name, List<Lease> held, Instant lentBefore) {
    int queued = store.releaseLost(name, held, lentBefore);
    if (queued > 0) {
      log.warn("Node {} has lost {} work unit(s); they are queued again", name, queued);
    }
  }

  private static void check(String name, CheckIn checkIn) throws InvalidRequestException {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidRequestException("", "a node's name is its address, as in localhost:9063");
    }
    if (checkIn.run() == null || checkIn.run().isBlank()) {
      throw new InvalidRequestException("/run", "run must name this run of the node's process");
    }
    if (checkIn.maxWorkers() < 0 || checkIn.maxWorkers() > MAX_CAPACITY) {
      throw new InvalidRequestException(
          "/max_workers", "max_workers must be from 0 to " + MAX_CAPACITY);
    }
    if (checkIn.capacity() < 0 || checkIn.capacity() > MAX_CAPACITY) {
      throw new InvalidRequestException("/capacity", "capacity must be from 0 to " + MAX_CAPACITY);
    }
    if (checkIn.actions() == null || checkIn.actions().size() > MAX_ACTIONS) {
      throw new InvalidRequestException(
          "/actions", "actions must be a list of at most " + MAX_ACTIONS);
    }
    for (ActionOffer action : checkIn.actions()) {
      if (action == null || action.name() == null || !ACTION.matcher(action.name()).matches()) {
        throw new InvalidRequestException(
            "/actions", "an action's name is 1 to 100 letters, digits, '_', '-' and '.'");
      }
    }
    if (checkIn.leases() == null || checkIn.leases().contains(null) || checkIn.workers() == null) {
      throw new InvalidRequestException("/leases", "leases and workers must be lists");
    }
  }

  @Override
  public boolean checkOut(String name) {
    boolean known = nodes.remove(name);
    int queued = store.releaseLost(name, List.of(), clock.instant().plusSeconds(1));
    if (known) {
      log.info("Node {} has left; {} work unit(s) are queued again", name, queued);
    }
    dispatcher.wake();
    return known;
  }

  @Override
  public List<NodeView> live() {
    return nodes.all().stream().map(LiveNode::view).toList();
  }

  @Override
  public List<ActionOffer> actions() {
    var byName = new TreeMap<String, ActionOffer>();
    var higher = BinaryOperator.maxBy(Comparator.comparing(NodeService::version));
    for (LiveNode node : nodes.all()) {
      node.actions().forEach(offer -> byName.merge(offer.name(), offer, higher));
    }
    return List.copyOf(byName.values());
  }

  private static Version version(ActionOffer offer) {
    try {
      return Version.parseVersion(offer.version());
    } catch (IllegalArgumentException e) {
      return Version.emptyVersion;
    }
  }

  private static KnownAction known(ActionOffer offer) {
    return new KnownAction(offer.name(), offer.splits(), offer.merges());
  }

  private static Lease lease(org.cloudcrowd.protocol.server.Lease lease) {
    return new Lease(lease.workUnitId(), lease.attempt(), lease.token());
  }
}
