package org.cloudcrowd.protocol.worker;

import com.fasterxml.jackson.databind.JsonNode;
import org.cloudcrowd.protocol.server.Status;

/**
 * An order of an attempt, from a node to its worker.
 *
 * @param workUnitId the unit
 * @param attempt which attempt at the unit this is, from 1
 * @param jobId its job
 * @param action the name of its action
 * @param stage the stage to run: {@code splitting}, {@code processing} or {@code merging}
 * @param input the stage's input
 * @param options the job's options
 * @param correlationId by what its job is found in logs, or null
 * @param exposure who can reach the server that sent it: {@code LOOPBACK}, {@code THIS_MACHINE} or
 *     {@code ELSEWHERE}
 */
public record UnitOrder(
    long workUnitId,
    int attempt,
    long jobId,
    String action,
    Status stage,
    JsonNode input,
    JsonNode options,
    String correlationId,
    String exposure) {

  /**
   * What the last line ends with that the worker writes to standard error for this attempt, where
   * it printed anything: by it the node knows that it has read all. Texts do not have its first
   * character, ASCII's END OF TEXT.
   */
  public String endOfPrint() {
    return "\u0003" + workUnitId + "/" + attempt;
  }
}
