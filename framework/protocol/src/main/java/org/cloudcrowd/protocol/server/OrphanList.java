package org.cloudcrowd.protocol.server;

import java.util.List;

/**
 * Files of jobs that are not there.
 *
 * @param orphans of which jobs
 * @param removed whether they were removed
 */
public record OrphanList(List<Orphan> orphans, boolean removed) {

  /**
   * Files of a job that is not there.
   *
   * @param action the name of its action
   * @param jobId its id
   */
  public record Orphan(String action, long jobId) {}
}
