package org.cloudcrowd.server.dispatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.node.Dispatch;
import org.cloudcrowd.protocol.node.DispatchReply;
import org.cloudcrowd.protocol.unit.UnitOrder;
import org.cloudcrowd.server.config.ActionPolicies;
import org.cloudcrowd.server.config.ServerAddress;
import org.cloudcrowd.server.config.ServerSettings;
import org.cloudcrowd.server.health.WorkLoop;
import org.cloudcrowd.server.health.WorkLoops;
import org.cloudcrowd.server.nodes.LiveNode;
import org.cloudcrowd.server.nodes.LiveNodes;
import org.cloudcrowd.server.transports.NodeTransports;
import org.cloudcrowd.server.transports.Unanswered;
import org.cloudcrowd.store.EachAlone;
import org.cloudcrowd.store.StoreException;
import org.cloudcrowd.store.WorkStore;
import org.cloudcrowd.store.unit.Claim;
import org.cloudcrowd.store.unit.Claim.Retries;
import org.cloudcrowd.store.unit.ClaimedUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dispatches queued units to nodes that have room.
 *
 * <p>One thread claims units, so that claims of one server never compete; it waits until something
 * has changed. Requests to nodes are sent asynchronously, without an open transaction.
 */
@Component(service = Dispatcher.class)
public final class Dispatcher {
  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

  /** The most units in one request. */
  private static final int MAX_BATCH = 256;

  private static final int TOKEN_BYTES = 16;
  private static final double MILLIS_PER_SECOND = 1000;

  private final LiveNodes nodes;
  private final WorkStore store;
  private final NodeTransports transports;
  private final ActionPolicies policies;
  private final ServerAddress address;
  private final int leaseSeconds;
  private final SecureRandom random = new SecureRandom();
  private final ObjectMapper json = WireJson.newMapper();
  private final Semaphore changes = new Semaphore(0);
  private final EmptyQueue empty = new EmptyQueue();
  private final Runnable unsubscribe;
  private final WorkLoops loops;
  private final WorkLoop loop;
  private final Thread thread;
  private volatile boolean running = true;

  @Activate
  public Dispatcher(
      @Reference ServerSettings settings,
      @Reference LiveNodes nodes,
      @Reference WorkStore store,
      @Reference NodeTransports transports,
      @Reference ActionPolicies policies,
      @Reference ServerAddress address,
      @Reference WorkLoops loops) {
    this.loops = loops;
    this.nodes = nodes;
    this.store = store;
    this.transports = transports;
    this.policies = policies;
    this.address = address;
    this.leaseSeconds = settings.configuration().lease__seconds();
    // The sweep wakes it every second.
    loop = loops.begin("Work units have not been dispatched", Duration.ofSeconds(1));
    thread = new Thread(this::run, "dispatcher");
    thread.start();
    unsubscribe = store.onQueued(this::wake);
  }

  /**
   * Stops dispatching; units that are on their way keep their leases. The thread is not
   * interrupted, because Derby closes its connection on an interrupt.
   */
  @Deactivate
  public void stop() throws InterruptedException {
    unsubscribe.run();
    running = false;
    changes.release();
    thread.join();
    loops.end(loop);
  }

  /** Wakes the dispatcher after a change: units were queued, or a node can run more actions. */
  public void wake() {
    empty.change();
    changes.release();
  }

  /** Wakes the dispatcher because a node has room, and nothing else has changed. */
  public void madeRoom() {
    changes.release();
  }

  private void run() {
    while (running) {
      changes.acquireUninterruptibly();
      changes.drainPermits();
      dispatch();
    }
  }

  /** Claims for idle workers of every node first, and then for the prefetch. */
  private void dispatch() {
    try {
      loop.run(this::fillAll);
    } catch (StoreException e) {
      log.error("Work units cannot be dispatched now. {}", e.getMessage());
    } catch (RuntimeException e) {
      // Whatever failed, the dispatcher must go on.
      log.error("Work units could not be dispatched; this is tried again", e);
    }
  }

  private void fillAll() {
    empty.retain(nodes.all().stream().map(LiveNode::name).toList());
    if (nodes.all().size() > 1) {
      fill(LiveNode::idleWorkers);
    }
    fill(LiveNode::room);
  }

  /** Claims for each node; where no claim succeeded for any node with room, the pass has failed. */
  private void fill(ToIntFunction<LiveNode> room) {
    var failures = new ArrayList<RuntimeException>();
    var served = new AtomicInteger();
    EachAlone.forEach(
        nodes.all(),
        node -> served.addAndGet(fill(node, room) ? 1 : 0),
        (node, cause) -> {
          log.error("Node {} cannot be sent work units", node.name(), cause);
          failures.add(cause);
        });
    if (!failures.isEmpty() && served.get() == 0) {
      throw failures.get(0);
    }
  }

  /**
   * Claims units for a node and sends them; returns whether it had room, so that a claim was made.
   */
  private boolean fill(LiveNode node, ToIntFunction<LiveNode> room) {
    boolean hadRoom = false;
    for (int free = room.applyAsInt(node);
        free > 0 && transports.of(node).isOpen(node) && !empty.isFor(node.name());
        free = room.applyAsInt(node)) {
      var units = claim(node, Math.min(free, MAX_BATCH));
      hadRoom = true;
      if (units.isEmpty()) {
        break;
      }
      send(node, units);
    }
    return hadRoom;
  }

  private Collection<ClaimedUnit> claim(LiveNode node, int limit) {
    var actions = node.versions();
    if (actions.isEmpty()) {
      return List.of();
    }
    long look = empty.look();
    var limits = policies.limits(actions.keySet());
    boolean isolated = !node.hasIsolated();
    var units =
        store.claim(
            new Claim(
                node.name(),
                actions,
                limits,
                hasPeers(node) ? Retries.ELSEWHERE : Retries.HERE,
                isolated,
                limit,
                transports.of(node).token(newToken()),
                Duration.ofSeconds(leaseSeconds)));
    // Units that a limit holds back, or that run isolated on the node, may become claimable with
    // the next result or shortly after.
    if (units.size() < limit && limits.isEmpty() && isolated) {
      empty.found(node.name(), look);
    }
    return units;
  }

  /** Whether another node takes units and can run every action and version that this node can. */
  private boolean hasPeers(LiveNode node) {
    return nodes.all().stream()
        .anyMatch(other -> !other.name().equals(node.name()) && other.canReplace(node));
  }

  private String newToken() {
    var bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private void send(LiveNode node, Collection<ClaimedUnit> units) {
    var ids = units.stream().map(unit -> unit.lease().unitId()).toList();
    int heardBefore = node.sending(ids);
    node.isolate(
        units.stream().filter(ClaimedUnit::isIsolated).map(unit -> unit.lease().unitId()).toList());
    var unused =
        sent(node, units)
            .whenComplete(
                (reply, failure) -> {
                  if (failure == null) {
                    answered(node, units, ids, reply, heardBefore);
                  } else {
                    unanswered(node, units, ids, failure);
                  }
                });
  }

  /**
   * A dispatch that cannot be written is treated as one without an answer, since its units are
   * claimed.
   */
  private CompletableFuture<DispatchReply> sent(LiveNode node, Collection<ClaimedUnit> units) {
    try {
      return transports
          .of(node)
          .send(
              node,
              new Dispatch(
                  leaseSeconds,
                  address.isLoopbackAlone(),
                  units.stream().map(this::onTheWire).toList()));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void answered(
      LiveNode node,
      Collection<ClaimedUnit> units,
      List<Long> ids,
      DispatchReply reply,
      int heardBefore) {
    node.sent(ids, reply.accepted());
    if (!reply.rejected().isEmpty()) {
      node.rejected(heardBefore);
      release(units, reply.rejected());
    }
    madeRoom();
  }

  /**
   * After a timeout the node may be running the units. Only where no connection was made are they
   * queued again at once; else the next heartbeat tells which ones the node has, or the lease ends.
   */
  private void unanswered(
      LiveNode node, Collection<ClaimedUnit> units, List<Long> ids, Throwable failure) {
    var cause = Unanswered.cause(failure);
    node.sent(ids, List.of());
    node.shut();
    log.warn(
        "Node {} did not answer a dispatch of {} work unit(s): {}",
        node.name(),
        ids.size(),
        Unanswered.reason(cause));
    if (cause instanceof ConnectException) {
      release(units, ids);
      wake();
    }
  }

  private void release(Collection<ClaimedUnit> units, Collection<Long> ids) {
    var back = new HashSet<>(ids);
    try {
      store.release(
          units.stream()
              .map(ClaimedUnit::lease)
              .filter(lease -> back.contains(lease.unitId()))
              .toList());
    } catch (StoreException e) {
      log.warn("{} work unit(s) wait for the end of their leases. {}", ids.size(), e.getMessage());
    }
  }

  private UnitOrder onTheWire(ClaimedUnit unit) {
    return new UnitOrder(
        unit.lease(),
        unit.jobId(),
        unit.action(),
        unit.versionRange() == null ? null : unit.versionRange().toString(),
        unit.stage(),
        parse(unit.input()),
        parse(unit.options()),
        unit.correlationId(),
        unit.timeout() == null ? null : unit.timeout().toMillis() / MILLIS_PER_SECOND);
  }

  private JsonNode parse(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
