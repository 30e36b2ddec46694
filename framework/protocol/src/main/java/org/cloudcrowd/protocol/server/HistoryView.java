package org.cloudcrowd.protocol.server;

import java.util.List;

/**
 * How the cluster was lately, as this server saw it.
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
   * @param running how many work units ran, by what the nodes said last
   * @param workers how many work units all nodes could run at once
   * @param nodes how many nodes were heard of
   * @param succeeded the attempts that succeeded since the sample before, of which this server was
   *     told
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
