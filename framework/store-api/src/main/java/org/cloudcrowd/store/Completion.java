package org.cloudcrowd.store;

import java.util.List;
import java.util.Set;

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
    Set<Lease> refused,
    int queued,
    List<Long> finishedJobs,
    int callbacks,
    List<Attempt> refuted) {}
