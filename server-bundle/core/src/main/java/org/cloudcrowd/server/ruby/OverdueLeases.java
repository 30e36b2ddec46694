package org.cloudcrowd.server.ruby;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.cloudcrowd.store.WorkQueries.CurrentLease;

/**
 * Finds work units that Ruby nodes have had for too long.
 *
 * <p>The time doubles with each attempt, so that a unit which takes longer than configured is not
 * begun anew for ever.
 */
final class OverdueLeases {
  private static final int MAX_DOUBLINGS = 10;

  private final Duration longest;

  /**
   * Judges by a time.
   *
   * @param longest how long a first attempt may take; zero for no limit
   */
  OverdueLeases(Duration longest) {
    this.longest = longest;
  }

  List<CurrentLease> of(List<CurrentLease> leases, Instant now) {
    return longest.isZero()
        ? List.of()
        : leases.stream()
            .filter(current -> current.since().plus(allowed(current)).isBefore(now))
            .toList();
  }

  /** How long the attempt of a lease may take. */
  Duration allowed(CurrentLease current) {
    return longest.multipliedBy(1L << Math.min(current.lease().attempt() - 1, MAX_DOUBLINGS));
  }
}
