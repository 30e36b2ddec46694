package org.cloudcrowd.store.unit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.cloudcrowd.protocol.unit.Lease;

/**
 * What completing a batch of results did.
 *
 * @param rejected the leases whose result was rejected, because they were not current
 * @param queued how many units wait for a node because of this batch: retried, split or to merge
 * @param finishedJobs the jobs that are complete because of this batch
 * @param callbacks how many of those have a callback to be delivered
 * @param refuted failed attempts of units that have now succeeded on another node
 */
public record CompletedBatch(
    Set<Lease> rejected,
    int queued,
    List<Long> finishedJobs,
    int callbacks,
    List<Attempt> refuted) {

  /** What comes of no results. */
  public static final CompletedBatch NONE =
      new CompletedBatch(Set.of(), 0, List.of(), 0, List.of());

  /** What came of this batch and of another. */
  public CompletedBatch and(CompletedBatch other) {
    var allRejected = new LinkedHashSet<>(rejected);
    allRejected.addAll(other.rejected);
    return new CompletedBatch(
        allRejected,
        queued + other.queued,
        Stream.concat(finishedJobs.stream(), other.finishedJobs.stream()).toList(),
        callbacks + other.callbacks,
        Stream.concat(refuted.stream(), other.refuted.stream()).toList());
  }
}
