package org.cloudcrowd.server.nodes;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cloudcrowd.protocol.server.AdvertisedAction;
import org.cloudcrowd.protocol.server.Heartbeat;
import org.cloudcrowd.protocol.server.NodeView;
import org.cloudcrowd.protocol.server.UnitInWorker;
import org.cloudcrowd.store.NodeRegistry.Eligibility;
import org.osgi.framework.Version;

/**
 * A node as its last heartbeat described it, and the units that were dispatched to it since.
 *
 * <p>The count of its units is an estimate that saves useless dispatches: the node rejects what it
 * has no room for, and the database knows every lease.
 */
public final class LiveNode {
  /** The incarnation of every Ruby node, which names none. */
  public static final String RUBY_INCARNATION = "ruby";

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
    heartbeat.leases().forEach(lease -> held.add(lease.workUnitId()));
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

  /** Whether it is a Ruby node, which says nothing of what it holds. */
  public boolean isRuby() {
    return incarnation().equals(RUBY_INCARNATION);
  }

  /** A worker of a Ruby node runs a unit. */
  public synchronized void runs(long unitId, long worker) {
    if (beingSent.contains(unitId)) {
      workers.put(unitId, worker);
    }
  }

  /** The process id of the worker that runs a unit, or null where it is not known. */
  public synchronized Long workerOf(long unitId) {
    return workers.get(unitId);
  }

  /** How many units it holds at most. */
  public synchronized int capacity() {
    return capacity;
  }

  /** When it was last heard of. */
  public synchronized Instant heardAt() {
    return heardAt;
  }

  /** Whether units are on their way to it. */
  public synchronized boolean isSending() {
    return !beingSent.isEmpty();
  }

  /**
   * The units that it took since it was last heard of. A heartbeat that comes now may have been
   * written before they arrived.
   */
  public synchronized Set<Long> arrivedLately() {
    return Set.copyOf(arrived);
  }

  /** The versions that it has of each action that it can run, by the names of those. */
  public synchronized Map<String, Set<Version>> versions() {
    return versions;
  }

  /** Whether this is what it said last that it can run. */
  public synchronized boolean offers(List<AdvertisedAction> actions) {
    return latest.actions().equals(actions);
  }

  /** Whether it takes work, and can run whatever another can. */
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

  /** The server cannot send to it, for this reason, or can, where that is null. */
  public synchronized void unreachable(String reason) {
    unreachable = reason;
  }

  /** Why the server cannot send to it, as far as is known; null where it can. */
  public synchronized String unreachable() {
    return unreachable;
  }

  /** Whether it asks for its work itself. */
  public synchronized boolean pulls() {
    return pullReason() != null;
  }

  private String pullReason() {
    return latest.pull() == null ? unreachable : latest.pull();
  }

  public synchronized void changeEligibility(Eligibility newEligibility) {
    eligibility = newEligibility;
  }

  /** How many more units its workers could begin at once; 0 while it takes nothing. */
  public synchronized int idleWorkers() {
    return takesNothing() ? 0 : Math.max(0, latest.maxWorkers() - held.size() - beingSent.size());
  }

  /**
   * How many more units it should be sent; 0 while it takes nothing.
   *
   * <p>What waits on a node keeps its workers busy for a while, so more is sent only when half of
   * it has run: some large batches in place of many small ones, each of which costs a transaction
   * and a request.
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
   * @return how often it was heard of until now, for {@link #rejected}
   */
  public synchronized int sending(Collection<Long> unitIds) {
    beingSent.addAll(unitIds);
    return timesHeard;
  }

  /** Some of what is on its way to it, or is held by it, is to be the one of its kind there. */
  public synchronized void isolate(Collection<Long> unitIds) {
    isolated.addAll(unitIds);
  }

  /** Whether it has, or is being sent, a unit that fails if the node is lost once more. */
  public synchronized boolean hasIsolated() {
    isolated.removeIf(unit -> !held.contains(unit) && !beingSent.contains(unit));
    return !isolated.isEmpty();
  }

  /** It has said which of them it took. */
  public synchronized void sent(Collection<Long> unitIds, Collection<Long> accepted) {
    // A fast node may have reported a result before its reply was read; that unit is no longer in
    // beingSent, and must not come back.
    accepted.stream().filter(beingSent::contains).forEach(held::add);
    arrived.addAll(accepted);
    unitIds.forEach(beingSent::remove);
  }

  /**
   * It had no room for some of what it was sent. Where it was heard of meanwhile, that may have
   * changed: it might have nothing left that it could be heard of for, so it is asked again.
   *
   * @param heardBefore how often it was heard of before it was sent them
   */
  public synchronized void rejected(int heardBefore) {
    if (timesHeard == heardBefore) {
      shut();
    }
  }

  /** It takes nothing until it is heard of again. */
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
        isRuby() ? workers.values().stream().distinct().sorted().toList() : latest.workers(),
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
