package org.cloudcrowd.protocol.job;

import java.util.List;

/**
 * Work units of a job have changed their state.
 *
 * @param jobId their job
 * @param units which, in the order of their changes
 */
public record UnitsEvent(long jobId, List<ChangedUnit> units) {

  /**
   * A unit that has changed.
   *
   * @param id which
   * @param state {@code running}, {@code succeeded}, {@code failed}, {@code queued} again, or
   *     {@code delayed} before its next attempt
   * @param node the node that runs it, or null
   */
  public record ChangedUnit(long id, String state, String node) {}
}
