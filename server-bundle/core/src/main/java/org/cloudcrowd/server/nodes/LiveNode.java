package org.cloudcrowd.server.nodes;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cloudcrowd.protocol.node.AdvertisedAction;
import org.cloudcrowd.protocol.node.Heartbeat;
import org.cloudcrowd.protocol.node.UnitInWorker;
import org.cloudcrowd.protocol.server.NodeView;
import org.cloudcrowd.store.NodeRegistry.Eligibility;
import org.osgi.framework.Version;

/**
 * A node as its last heartbeat described it, and the units that were dispatched to it since.
 *
 * <p>The count of its units is an estimate that saves useless dispatches: the node rejects what it
 * has no room for, and the database knows every lease.
 */
public final class LiveNode {
  private final String name;
  private Heartbeat latest;
  private Map<String, Set<Version>> versions;
  private Instant heardAt;
  private int capacity;
  private boolean shut;
  private int timesHeard;
  private Eligibility eligibility;
  private String unreachable;
  private final Set<Long> held = new HashSet<>();
  private final Set<Long> beingSent = new HashSet<>();
  private final Set<Long> arrived = new HashSet<>();
  private final Set<Long> isolated = new HashSet<>();
  private final Map<Long, Long> workers = new HashMap<>();

  LiveNode(String name, Heartbeat heartbeat, Eligibility eligibility, Instant now) {
    this.name = name;
    refresh(heartbeat, eligibility, now);
  }

  synchronized void refresh(Heartbeat heartbeat, Eligibility newEligibility, Instant now) {
    latest = heartbeat;
    versions = AdvertisedActions.versions(heartbeat.actions());
    eligibility = newEligibility;
    heardAt = now;
    timesHeard++;
    capacity = heartbeat.capacity();
    shut = heartbeat.busy() != null;
    held.clear();
    arrived.clear();
    heartbeat.leases().forEach(lease -> held.add(lease.unitId()));
    heartbeat.running().forEach(unit -> workers.put(unit.workUnitId(), unit.worker()));
    workers.keySet().retainAll(held);
  }

  /** Its name and address, {@code host:port}. */
  public String name() {
    return name;
  }

  public synchronized String incarnation() {
    return latest.incarnation();
  }

  public NodeKind kind() {
    return NodeKind.of(incarnation());
  }

  /** Records which worker of a Ruby node runs a unit. */
  public synchronized void runs(long unitId, long worker) {
    if (beingSent.contains(unitId)) {
      workers.put(unitId, worker);
    }
  }

  /** The process id of the worker that runs a unit, or null where it is not known. */
  public synchronized Long workerOf(long unitId) {
    return workers.get(unitId);
  }

  /** How many units it can have at once, running or waiting. */
  public synchronized int capacity() {
    return capacity;
  }

  /** When its last heartbeat came. */
  public synchronized Instant heardAt() {
    return heardAt;
  }

  /** Whether a dispatch to it is under way. */
  public synchronized boolean isSending() {
    return !beingSent.isEmpty();
  }

  /**
   * The units that it took since its last heartbeat. A heartbeat that comes now may have been
   * written before they arrived.
   */
  public synchronized Set<Long> arrivedLately() {
    return Set.copyOf(arrived);
  }

  /** The versions that it has of each action, by the actions' names. */
  public synchronized Map<String, Set<Version>> versions() {
    return versions;
  }

  /** Whether it advertised exactly these actions in its last heartbeat. */
  public synchronized boolean advertises(List<AdvertisedAction> actions) {
    return latest.actions().equals(actions);
  }

  /** Whether it takes units, and has every action and version that another node has. */
  public boolean canReplace(LiveNode other) {
    var own = versions();
    return takesWork()
        && other.versions().entrySet().stream()
            .allMatch(
                action ->
                    own.getOrDefault(action.getKey(), Set.of()).containsAll(action.getValue()));
  }

  private synchronized boolean takesWork() {
    return latest.busy() == null && eligibility.isEligible() && latest.maxWorkers() > 0;
  }

  private boolean takesNothing() {
    return shut || !eligibility.isEligible();
  }

  /** Records why the server cannot reach it, or null where it can. */
  public synchronized void unreachable(String reason) {
    unreachable = reason;
  }

  /** Why the server cannot reach it, or null where it can or that is not known. */
  public synchronized String unreachable() {
    return unreachable;
  }

  /** Whether it asks for its units itself. */
  public synchronized boolean pulls() {
    return pullReason() != null;
  }

  private String pullReason() {
    return latest.pull() == null ? unreachable : latest.pull();
  }

  public synchronized void changeEligibility(Eligibility newEligibility) {
    eligibility = newEligibility;
  }

  /** How many more units its workers could begin at once; 0 while it takes none. */
  public synchronized int idleWorkers() {
    return takesNothing() ? 0 : Math.max(0, latest.maxWorkers() - held.size() - beingSent.size());
  }

  /**
   * How many more units it should be sent; 0 while it takes none.
   *
   * <p>Units that wait on a node keep its workers busy for a while, so more are sent only when half
   * of them have run: fewer and larger batches, each of which costs a transaction and a request.
   */
  public synchronized int room() {
    int free = capacity - held.size() - beingSent.size();
    int waiting = Math.max(0, capacity - latest.maxWorkers());
    return takesNothing() || (free < waiting / 2 && idleWorkers() == 0) ? 0 : Math.max(0, free);
  }

  private synchronized boolean isFull() {
    return takesNothing() || capacity <= held.size() + beingSent.size();
  }

  /**
   * Units are on their way to it.
   *
   * @return the number of its messages until now, for {@link #rejected}
   */
  public synchronized int sending(Collection<Long> unitIds) {
    beingSent.addAll(unitIds);
    return timesHeard;
  }

  /** Records units that run isolated: the node gets one of them at a time. */
  public synchronized void isolate(Collection<Long> unitIds) {
    isolated.addAll(unitIds);
  }

  /** Whether it has, or is being sent, an isolated unit. */
  public synchronized boolean hasIsolated() {
    isolated.removeIf(unit -> !held.contains(unit) && !beingSent.contains(unit));
    return !isolated.isEmpty();
  }

  /** Records which of the units it accepted. */
  public synchronized void sent(Collection<Long> unitIds, Collection<Long> accepted) {
    // A fast node may have reported a result before its reply was read; that unit is no longer in
    // beingSent, and must not be added again.
    accepted.stream().filter(beingSent::contains).forEach(held::add);
    arrived.addAll(accepted);
    unitIds.forEach(beingSent::remove);
  }

  /**
   * Records that it rejected units because it had no room. Where another message of it came
   * meanwhile, it may have room by now, and may have no unit left whose result would be its next
   * message; so it is not marked full then.
   *
   * @param heardBefore the number of its messages before the units were sent
   */
  public synchronized void rejected(int heardBefore) {
    if (timesHeard == heardBefore) {
      shut();
    }
  }

  /** Sends it no units until its next message. */
  public synchronized void shut() {
    shut = true;
  }

  synchronized void reported(Collection<Long> unitIds, int newCapacity) {
    timesHeard++;
    capacity = newCapacity;
    shut = latest.busy() != null;
    unitIds.forEach(held::remove);
    unitIds.forEach(beingSent::remove);
    unitIds.forEach(arrived::remove);
    unitIds.forEach(workers::remove);
  }

  static String connection(String pullReason) {
    return pullReason == null ? "push" : "pull: " + pullReason;
  }

  /** The node, as clients see it. */
  public synchronized NodeView view() {
    return new NodeView(
        name,
        latest.tag(),
        kind().namesItsWorkers()
            ? latest.workers()
            : workers.values().stream().distinct().sorted().toList(),
        workers.entrySet().stream()
            .map(entry -> new UnitInWorker(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparingLong(UnitInWorker::workUnitId))
            .toList(),
        isFull() ? "busy" : "available",
        latest.busy() == null ? eligibility.reason() : latest.busy(),
        connection(pullReason()),
        latest.maxWorkers(),
        AdvertisedActions.names(latest.actions()),
        latest.labels(),
        latest.tools(),
        AdvertisedActions.sentences(latest.problems()));
  }
}
