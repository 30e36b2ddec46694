package org.cloudcrowd.server.ruby;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.cloudcrowd.store.WorkQueries.Loan;

/**
 * Which work units are with Ruby nodes for too long.
 *
 * <p>The time doubles with each attempt, so that a unit which takes longer than configured is not
 * begun anew for ever.
 */
final class OverdueLoans {
  private static final int MAX_DOUBLINGS = 10;

  private final Duration longest;

  /**
   * Judges by a time.
   *
   * @param longest how long a first attempt may take; zero for as long as it wants
   */
  OverdueLoans(Duration longest) {
    this.longest = longest;
  }

  List<Loan> of(List<Loan> loans, Instant now) {
    return longest.isZero()
        ? List.of()
        : loans.stream().filter(loan -> loan.since().plus(allowed(loan)).isBefore(now)).toList();
  }

  /** How long the attempt of a loan may take. */
  Duration allowed(Loan loan) {
    return longest.multipliedBy(1L << Math.min(loan.lease().attempt() - 1, MAX_DOUBLINGS));
  }
}
