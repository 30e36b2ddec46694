package org.cloudcrowd.node.units;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.cloudcrowd.node.processes.UnitLog;
import org.cloudcrowd.outbound.ServerExposure;
import org.cloudcrowd.protocol.node.DispatchReply;
import org.cloudcrowd.protocol.node.UnitInWorker;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.protocol.unit.UnitOrder;

/**
 * The units whose leases this node has, in the order in which they came. Safe for any number of
 * threads.
 */
final class HeldUnits {
  private final int logCharacters;
  private final Map<Long, HeldUnit> units = new LinkedHashMap<>();
  private final BlockingQueue<HeldUnit> waiting = new LinkedBlockingQueue<>();

  /**
   * @param logCharacters how many characters of a unit's output are kept
   */
  HeldUnits(int logCharacters) {
    this.logCharacters = logCharacters;
  }

  /**
   * Takes the units for which there is room, and rejects the rest. A dispatch that comes again,
   * because its reply was lost, is accepted again and changes nothing.
   *
   * <p>A unit that has ended takes no room: the server sends the next unit as soon as it has
   * accepted a result, and its answer to the result may come later.
   *
   * @param exposure who can reach the server that sends them
   */
  synchronized DispatchReply take(
      Collection<UnitOrder> dispatched, ServerExposure exposure, int capacity) {
    var accepted = new ArrayList<Long>();
    var rejected = new ArrayList<Long>();
    long room = capacity - units.values().stream().filter(held -> !held.hasEnded()).count();
    for (UnitOrder unit : dispatched) {
      long id = unit.lease().unitId();
      var known = units.get(id);
      if (known != null && known.unit().lease().equals(unit.lease())) {
        accepted.add(id);
      } else if (room <= 0) {
        rejected.add(id);
      } else {
        if (known != null) {
          forget(known);
        }
        room--;
        var held = new HeldUnit(unit, exposure, new UnitLog(logCharacters));
        units.put(id, held);
        waiting.add(held);
        accepted.add(id);
      }
    }
    return new DispatchReply(accepted, rejected);
  }

  /**
   * Takes the units that no worker has begun out of the queue, so that none begins them; their
   * leases stay.
   */
  List<HeldUnit> takeWaiting() {
    var taken = new ArrayList<HeldUnit>();
    waiting.drainTo(taken);
    return taken;
  }

  /** Waits until there is none, for a limited time; returns whether there is none. */
  synchronized boolean awaitEmpty(long nanos) throws InterruptedException {
    long until = System.nanoTime() + nanos;
    for (long left = nanos; !units.isEmpty() && left > 0; left = until - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return units.isEmpty();
  }

  /** Waits for the next unit to run. */
  HeldUnit next() throws InterruptedException {
    return waiting.take();
  }

  /** Removes the units whose results the server has answered. */
  synchronized void acknowledged(Collection<Lease> leases) {
    for (Lease lease : leases) {
      var held = units.get(lease.unitId());
      if (held != null && held.unit().lease().equals(lease)) {
        units.remove(lease.unitId());
      }
    }
    notifyAll();
  }

  /**
   * Removes the units of these leases and kills their processes. A unit that has come again under
   * another lease stays.
   */
  synchronized void revoke(Collection<Lease> revokedLeases) {
    for (Lease lease : revokedLeases) {
      var held = units.get(lease.unitId());
      if (held != null && held.unit().lease().equals(lease)) {
        units.remove(lease.unitId());
        forget(held);
      }
    }
    notifyAll();
  }

  private void forget(HeldUnit held) {
    waiting.remove(held);
    held.revoke();
  }

  /**
   * Revokes all leases.
   *
   * @return how many there were
   */
  synchronized int revokeAll() {
    int held = units.size();
    revoke(leases());
    return held;
  }

  /** The units that run. */
  List<HeldUnit> running() {
    List<HeldUnit> all;
    synchronized (this) {
      all = List.copyOf(units.values());
    }
    return all.stream().filter(held -> held.running() != null).toList();
  }

  /** The jobs of the units. */
  synchronized Set<Long> jobs() {
    return units.values().stream().map(held -> held.unit().jobId()).collect(Collectors.toSet());
  }

  synchronized List<UnitInWorker> inWorkers() {
    return units.values().stream().flatMap(held -> held.seen().stream()).toList();
  }

  synchronized List<Lease> leases() {
    return units.values().stream().map(held -> held.unit().lease()).toList();
  }
}
