package org.cloudcrowd.protocol.job;

import java.util.List;

/**
 * The outcome of a change of several jobs. A job that is refused does not keep the others from
 * being changed.
 *
 * @param results one for each, in the order that they were named
 */
public record JobChanges(List<Change> results) {

  /**
   * The outcome for a job.
   *
   * @param id the job
   * @param status where it is now; null where it was refused, and where it was deleted
   * @param problem why it was refused, or null where it was not
   */
  public record Change(long id, Status status, String problem) {}
}
