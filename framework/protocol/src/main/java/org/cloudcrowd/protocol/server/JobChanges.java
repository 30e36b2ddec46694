package org.cloudcrowd.protocol.server;

import java.util.List;

/**
 * What came of something that was done to several jobs. One that was refused does not keep the
 * others from it.
 *
 * @param results one for each, in the order that they were named
 */
public record JobChanges(List<Change> results) {

  /**
   * What came of one.
   *
   * @param id the job
   * @param status where it is now; null where it was refused, and where it was deleted
   * @param problem why it was refused, or null where it was not
   */
  public record Change(long id, Status status, String problem) {}
}
