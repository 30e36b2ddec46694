package org.cloudcrowd.protocol.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A work unit, as clients see it.
 *
 * @param id from 1
 * @param jobId its job
 * @param status {@code splitting}, {@code processing} or {@code merging} until it is complete
 * @param state {@code waiting}, {@code throttled}, {@code queued}, {@code delayed} or {@code
 *     running} until it is complete; then as the status
 * @param input what its stage is given
 * @param attempts how many attempts failed
 * @param output what its stage returned, or null where it has not succeeded
 * @param message why its last failed attempt failed, or null where none did
 * @param node the node that it runs on now, or null
 * @param history the attempts that have ended, in their order; null in a list of units
 */
public record UnitView(
    long id,
    long jobId,
    Status status,
    String state,
    JsonNode input,
    int attempts,
    JsonNode output,
    String message,
    String node,
    List<AttemptView> history) {

  /** For people: its stage while it runs, and its state before and after. */
  public String word() {
    return state == null || state.equals("running") ? status.word() : state;
  }

  /**
   * An attempt that has ended.
   *
   * @param attempt its number, from 1
   * @param node the node that made it
   * @param worker the process id of the worker on that node, or null where none is known
   * @param version the version of the action that ran, or null where none is known
   * @param startedAt when it was sent to the node, in ISO 8601, UTC
   * @param endedAt when its end was heard of
   * @param outcome {@code succeeded}, {@code failed}, {@code worker_died}, {@code timed_out},
   *     {@code out_of_memory}, {@code node_lost}, {@code handed_back} or {@code cancelled}
   * @param message why, or null where it succeeded
   */
  public record AttemptView(
      int attempt,
      String node,
      Long worker,
      String version,
      String startedAt,
      String endedAt,
      String outcome,
      String message) {}
}
