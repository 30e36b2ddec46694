package org.cloudcrowd.store.jpa;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cloudcrowd.store.Change.ChangedUnit;
import org.cloudcrowd.store.Tally;
import org.cloudcrowd.store.UnitState;

/**
 * What others hear of a transaction.
 *
 * @param queued whether units were queued
 * @param jobs the jobs that came, went or changed their state
 * @param units the units that changed theirs, by their jobs
 * @param tally what was counted
 */
record News(
    boolean queued, Collection<Long> jobs, Map<Long, List<ChangedUnit>> units, Tally tally) {
  static final News NONE = new News(false, List.of(), Map.of(), Tally.NONE);

  static News ofJob(boolean queued, long jobId) {
    return new News(queued, List.of(jobId), Map.of(), Tally.NONE);
  }

  static News ofReleased(List<LeasedUnit> released) {
    return new News(
        !released.isEmpty(),
        List.of(),
        released.stream()
            .collect(
                Collectors.groupingBy(
                    LeasedUnit::jobId,
                    Collectors.mapping(
                        unit -> new ChangedUnit(unit.id(), UnitState.QUEUED, null),
                        Collectors.toList()))),
        Tally.NONE);
  }

  static News ofQueue(boolean queued) {
    return new News(queued, List.of(), Map.of(), Tally.NONE);
  }
}
