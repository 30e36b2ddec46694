package org.cloudcrowd.protocol.server;

import java.util.List;

/**
 * The samples of the last day, as this server took them.
 *
 * @param samples the oldest first: one every few seconds of the last hour, and one every two
 *     minutes of the day before
 */
public record HistoryView(List<Sample> samples) {

  /**
   * The cluster at a moment.
   *
   * @param at the moment, in ISO 8601, UTC
   * @param jobs how many jobs were not complete
   * @param queued how many work units waited
   * @param running how many work units ran, by the last heartbeats
   * @param workers how many work units all nodes could run at once
   * @param nodes how many nodes were live
   * @param succeeded the attempts that succeeded since the sample before, that were reported to
   *     this server
   * @param unsuccessful the attempts that ended otherwise since then
   */
  public record Sample(
      String at,
      long jobs,
      long queued,
      long running,
      int workers,
      int nodes,
      long succeeded,
      long unsuccessful) {}
}
