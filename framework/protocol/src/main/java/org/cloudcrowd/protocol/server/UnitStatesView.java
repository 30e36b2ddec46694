package org.cloudcrowd.protocol.server;

import java.util.List;

/**
 * Where all units of a job are, for pictures of it.
 *
 * @param jobId the job
 * @param ranges neighbours together, in the order of their ids
 */
public record UnitStatesView(long jobId, List<UnitRange> ranges) {

  /**
   * Units of one job and neighbouring ids that are in the same place.
   *
   * @param first the id of the first
   * @param last the id of the last
   * @param stage {@code splitting}, {@code processing} or {@code merging}
   * @param state {@code waiting}, {@code throttled}, {@code queued}, {@code delayed}, {@code
   *     running}, {@code succeeded}, {@code failed} or {@code cancelled}
   */
  public record UnitRange(long first, long last, Status stage, String state) {}
}
