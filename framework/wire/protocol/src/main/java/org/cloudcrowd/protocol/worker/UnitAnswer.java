package org.cloudcrowd.protocol.worker;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How an attempt ended.
 *
 * @param workUnitId the unit
 * @param output what the stage returned, where it succeeded
 * @param failure why it failed, or null where it succeeded
 * @param seconds how long the stage ran
 * @param printed whether the attempt printed anything, to which {@link WorkerOrder#endOfPrint} is
 *     the end
 */
public record UnitAnswer(
    long workUnitId, JsonNode output, String failure, double seconds, boolean printed) {

  /** The same, of an attempt that printed something or did not. */
  public UnitAnswer withPrinted(boolean anything) {
    return new UnitAnswer(workUnitId, output, failure, seconds, anything);
  }
}
