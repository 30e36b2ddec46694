package org.cloudcrowd.store;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What came of a batch of results.
 *
 * @param refused the leases whose result did not count, because they were not current
 * @param queued how many units wait for a node because of this batch: retried, split or to merge
 * @param finishedJobs the jobs that are complete because of this batch
 * @param callbacks how many of those have a callback to be delivered
 * @param refuted failed attempts of units that have now succeeded on another node
 */
public record Completion(
    Set<Lease> refused, int queued, List<Long> finishedJobs, int callbacks, List<Attempt> refuted) {

  /** What comes of no results. */
  public static final Completion NONE = new Completion(Set.of(), 0, List.of(), 0, List.of());

  /** What came of this batch and of another. */
  public Completion and(Completion other) {
    var allRefused = new LinkedHashSet<>(refused);
    allRefused.addAll(other.refused);
    return new Completion(
        allRefused,
        queued + other.queued,
        Stream.concat(finishedJobs.stream(), other.finishedJobs.stream()).toList(),
        callbacks + other.callbacks,
        Stream.concat(refuted.stream(), other.refuted.stream()).toList());
  }
}
