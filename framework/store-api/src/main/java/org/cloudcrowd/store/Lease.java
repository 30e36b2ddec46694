package org.cloudcrowd.store;

/**
 * The right of one node to run one work unit, until a deadline.
 *
 * @param unitId the unit
 * @param attempt which attempt at the unit this is, from 1, never used twice for a unit
 * @param token an unguessable text
 */
public record Lease(long unitId, int attempt, String token) {
  /** The lease without its token, fit for logs. */
  @Override
  public String toString() {
    return "work unit " + unitId + " (attempt " + attempt + ")";
  }
}
