package org.cloudcrowd.protocol.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A batch of units that a server sends to a node. One without units asks it for a heartbeat at
 * once.
 *
 * @param leaseSeconds how long the leases last
 * @param loopback whether the server listens at loopback addresses only, so that inputs were named
 *     by users of its machine
 * @param units the units, in the order in which they are to run
 */
public record Dispatch(int leaseSeconds, boolean loopback, List<Unit> units) {

  /**
   * One unit of a dispatch.
   *
   * @param lease under which its result will be accepted
   * @param jobId its job
   * @param action the action that runs it
   * @param version which versions of the action may run it, an OSGi version range, or null for any
   * @param stage the stage to run: {@code splitting}, {@code processing} or {@code merging}
   * @param input the stage's input
   * @param options the job's options
   * @param correlationId by what its job is found in logs, or null
   * @param timeout how long the attempt may take, in seconds, or null for as long as it wants
   */
  public record Unit(
      Lease lease,
      long jobId,
      String action,
      String version,
      Status stage,
      JsonNode input,
      JsonNode options,
      String correlationId,
      Double timeout) {}
}
