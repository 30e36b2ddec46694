package org.cloudcrowd.protocol.unit;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An order to make one attempt at a work unit, as a server sends it to a node and a node to its
 * worker.
 *
 * @param lease under which its result will be accepted
 * @param jobId its job
 * @param action the action that runs it
 * @param version which versions of the action may run it, an OSGi version range, or null for any
 * @param stage the stage to run
 * @param input the stage's input
 * @param options the job's options
 * @param correlationId by what its job is found in logs, or null
 * @param timeout how long the attempt may take, in seconds, or null for as long as it wants
 */
public record UnitOrder(
    Lease lease,
    long jobId,
    String action,
    String version,
    Stage stage,
    JsonNode input,
    JsonNode options,
    String correlationId,
    Double timeout) {

  /** The same, for who must not be able to report a result. */
  public UnitOrder withoutToken() {
    return new UnitOrder(
        new Lease(lease.unitId(), lease.attempt(), null),
        jobId,
        action,
        version,
        stage,
        input,
        options,
        correlationId,
        timeout);
  }
}
