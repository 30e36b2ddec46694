package org.cloudcrowd.protocol.node;

import java.util.List;
import org.cloudcrowd.protocol.unit.UnitOrder;

/**
 * A batch of units that a server sends to a node. One without units asks it for a heartbeat at
 * once.
 *
 * @param leaseSeconds how long the leases last
 * @param loopback whether the server listens at loopback addresses only, so that inputs were named
 *     by users of its machine
 * @param units the units, in the order in which they are to run
 */
public record Dispatch(int leaseSeconds, boolean loopback, List<UnitOrder> units) {
  /** Asks a node for a heartbeat at once. */
  public static final Dispatch HEARTBEAT_REQUEST = new Dispatch(0, false, List.of());

  /** The ids of its units, in their order. */
  public List<Long> unitIds() {
    return units.stream().map(unit -> unit.lease().unitId()).toList();
  }
}
