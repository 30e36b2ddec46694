package org.cloudcrowd.protocol.server;

/**
 * The right of one node to run one work unit, until a deadline.
 *
 * @param workUnitId the unit
 * @param attempt which attempt at the unit this is, from 1
 * @param token an unguessable text; whoever reports a result must know it
 */
public record Lease(long workUnitId, int attempt, String token) {
  /** The lease without its token, fit for logs. */
  @Override
  public String toString() {
    return "work unit " + workUnitId + " (attempt " + attempt + ")";
  }
}
