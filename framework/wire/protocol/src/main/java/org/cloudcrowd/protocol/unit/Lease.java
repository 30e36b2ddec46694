package org.cloudcrowd.protocol.unit;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The right of one node to run one work unit, until a deadline.
 *
 * @param unitId the unit
 * @param attempt which attempt at the unit this is, from 1, never used twice for a unit
 * @param token an unguessable text; whoever reports a result must know it
 */
public record Lease(@JsonProperty("work_unit_id") long unitId, int attempt, String token) {
  /** The lease without its token, fit for logs. */
  @Override
  public String toString() {
    return "work unit " + unitId + " (attempt " + attempt + ")";
  }
}
