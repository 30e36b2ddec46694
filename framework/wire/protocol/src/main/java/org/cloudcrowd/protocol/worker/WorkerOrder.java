package org.cloudcrowd.protocol.worker;

import org.cloudcrowd.protocol.unit.UnitOrder;

/**
 * An order of an attempt, from a node to its worker.
 *
 * @param unit what is to run; the token of its lease stays with the node
 * @param exposure who can reach the server that sent it: {@code LOOPBACK}, {@code THIS_MACHINE} or
 *     {@code ELSEWHERE}
 */
public record WorkerOrder(UnitOrder unit, String exposure) {
  /** Leaves out the token: code of actions runs in the worker. */
  public WorkerOrder {
    unit = unit.withoutToken();
  }

  /**
   * What the last line ends with that the worker writes to standard error for this attempt, where
   * it printed anything: by it the node knows that it has read all. Texts do not have its first
   * character, ASCII's END OF TEXT.
   */
  public String endOfPrint() {
    return "\u0003" + unit.lease().unitId() + "/" + unit.lease().attempt();
  }
}
