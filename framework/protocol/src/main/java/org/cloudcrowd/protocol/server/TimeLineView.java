package org.cloudcrowd.protocol.server;

import java.util.List;

/**
 * When which node was busy with a job.
 *
 * @param jobId the job
 * @param from when its first attempt began, in ISO 8601, UTC
 * @param to when its last attempt ended, or now where some run
 * @param bucketSeconds how long each part of the lanes is
 * @param lanes one for each node, by name
 */
public record TimeLineView(
    long jobId, String from, String to, double bucketSeconds, List<Lane> lanes) {

  /**
   * A node over time, in parts of equal length that follow each other.
   *
   * @param node its name
   * @param busy how many attempts were under way at once, on average over the part
   * @param unsuccessful how many attempts ended in the part that did not succeed
   */
  public record Lane(String node, List<Double> busy, List<Integer> unsuccessful) {}
}
