package org.cloudcrowd.protocol.job;

import java.util.List;

/**
 * The time line of a job: when which node was busy with it.
 *
 * @param jobId the job
 * @param from when its first attempt began, in ISO 8601, UTC
 * @param to when its last attempt ended, or now where some run
 * @param bucketSeconds the length of a bucket
 * @param lanes one for each node, by name
 */
public record TimeLineView(
    long jobId, String from, String to, double bucketSeconds, List<Lane> lanes) {

  /**
   * A node over time, in buckets of equal length.
   *
   * @param node its name
   * @param busy how many attempts ran at once, on average over the bucket
   * @param unsuccessful how many attempts ended unsuccessfully in the bucket
   */
  public record Lane(String node, List<Double> busy, List<Integer> unsuccessful) {}
}
