package org.cloudcrowd.store;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The operations that change jobs and work units.
 *
 * <p>Each is one transaction: it has happened, durably, when the method returns, and has not when
 * it throws {@link StoreException}. All may be called by any number of threads.
 */
@ProviderType
public interface WorkStore {

  /** Stores a job and a unit for each of its inputs. */
  Job submit(NewJob job);

  /**
   * Removes a job with its units, whatever their state. Results of its running units will be
   * refused.
   *
   * @return the job as it was, or null if there is none
   */
  Job delete(long jobId);

  /**
   * Lends queued units to a node, the oldest first.
   *
   * @return the units, in that order; empty if none of these actions waits
   */
  Collection<ClaimedUnit> claim(Claim claim);

  /**
   * Prolongs a node's leases.
   *
   * @param node the node that holds them
   * @param leases what it holds
   * @param deadline when they end unless renewed again
   * @return those of {@code leases} that are not current: ended, completed, or another node's
   */
  Set<Lease> renew(String node, Collection<Lease> leases, Instant deadline);

  /**
   * Counts the results whose lease is current, and moves on the jobs whose stage ended with them. A
   * result that is refused changes nothing. A failed attempt is followed by another until the job's
   * limit.
   */
  Completion complete(Collection<UnitResult> results);

  /**
   * Ends leases whose units were never begun, and queues the units again. The attempt does not
   * count as failed. Leases that are not current are passed over.
   *
   * @return how many units were queued
   */
  int release(Collection<Lease> leases);

  /**
   * Ends every lease of a node but those that it holds, and queues the units again.
   *
   * @param node the node
   * @param held what it still holds
   * @param claimedBefore leases that were given at this time or later are left alone, because the
   *     node may not have known them when it said what it holds
   * @return how many units were queued
   */
  int releaseLost(String node, Collection<Lease> held, Instant claimedBefore);

  /**
   * Ends the leases whose deadline has passed, and queues the units again.
   *
   * @return how many units were queued
   */
  int expire(Instant now);
}
