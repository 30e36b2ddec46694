package org.cloudcrowd.store;

import java.util.List;
import org.cloudcrowd.store.state.UnitState;

/** What a process of the cluster has committed. */
public sealed interface Change {

  /**
   * Jobs have come, gone, or changed their state.
   *
   * @param id the same in every process that hears of it
   * @param jobIds which jobs
   */
  record OfJobs(String id, List<Long> jobIds) implements Change {}

  /**
   * Units of a job have changed their state, and with them its progress.
   *
   * @param id the same in every process that hears of it
   * @param jobId their job
   * @param units which units
   */
  record OfUnits(String id, long jobId, List<ChangedUnit> units) implements Change {}

  /**
   * Changes may have been missed.
   *
   * @param wasWatched whether somebody watched meanwhile
   */
  record Missed(boolean wasWatched) implements Change {}

  /**
   * A unit that has changed.
   *
   * @param unitId which
   * @param state the state it has changed to
   * @param node the node that has its lease, or null
   */
  record ChangedUnit(long unitId, UnitState state, String node) {}
}
