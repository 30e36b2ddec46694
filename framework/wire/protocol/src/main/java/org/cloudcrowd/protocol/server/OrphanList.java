package org.cloudcrowd.protocol.server;

import java.util.List;

/**
 * Files of jobs that do not exist.
 *
 * @param orphans of which jobs
 * @param removed whether they were deleted
 */
public record OrphanList(List<Orphan> orphans, boolean removed) {

  /**
   * Files of a job that does not exist.
   *
   * @param action the name of its action
   * @param jobId its id
   */
  public record Orphan(String action, long jobId) {}
}
