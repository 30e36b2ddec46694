package org.cloudcrowd.protocol.job;

import java.util.List;

/**
 * The states of all units of a job, for charts.
 *
 * @param jobId the job
 * @param ranges neighbours together, in the order of their ids
 */
public record UnitStatesView(long jobId, List<UnitRange> ranges) {

  /**
   * Units of one job with consecutive ids that have the same stage and state.
   *
   * @param first the id of the first
   * @param last the id of the last
   * @param stage {@code splitting}, {@code processing} or {@code merging}
   * @param state {@code waiting}, {@code throttled}, {@code queued}, {@code delayed}, {@code
   *     running}, {@code succeeded}, {@code failed} or {@code cancelled}
   */
  public record UnitRange(long first, long last, Status stage, String state) {}
}
