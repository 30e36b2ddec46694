package org.cloudcrowd.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.store.UnitLogs.UnitLog;
import org.cloudcrowd.store.job.Job;
import org.cloudcrowd.store.job.NewJob;
import org.cloudcrowd.store.state.IllegalStateChangeException;
import org.cloudcrowd.store.unit.Claim;
import org.cloudcrowd.store.unit.ClaimedUnit;
import org.cloudcrowd.store.unit.CompletedBatch;
import org.cloudcrowd.store.unit.UnitResult;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The operations that change jobs and work units.
 *
 * <p>Each is one transaction: it has happened, durably, when the method returns, and has not when
 * it throws {@link StoreException}. All may be called by any number of threads, and by any number
 * of processes where the database allows it.
 */
@ProviderType
public interface WorkStore {

  /**
   * The time by the store's one clock, which gives and ends every lease: the database's where
   * processes share it, else one that never jumps while it is open.
   */
  Instant now();

  /**
   * Subscribes to queued units. The subscriber is called soon after any process has queued units,
   * on a thread of the store; it must return at once. Calls may come where no unit was queued.
   *
   * @return ends the subscription when it is run
   */
  Runnable onQueued(Runnable listener);

  /**
   * Subscribes to the effects of the transactions of this process. The subscriber is called after
   * each commit that had effects, with all of them, on the thread that committed; it must return at
   * once.
   *
   * @return ends the subscription when it is run
   */
  Runnable onEffects(Consumer<List<Effect>> subscriber);

  /**
   * Stores a job and a unit for each of its inputs, or finds the job that was stored under the same
   * idempotency key.
   */
  Submission submit(NewJob job);

  /**
   * The outcome of a submission.
   *
   * @param job the job
   * @param outcome whether it was stored now
   */
  record Submission(Job job, Outcome outcome) {
    /** Whether a job was stored. */
    public enum Outcome {
      /** It was. */
      STORED,
      /** A job of the same key and request was stored before. */
      REPEATED,
      /** A job of the same key was stored before, of another request. */
      KEY_TAKEN
    }
  }

  /**
   * Deletes a job with its units, whatever their state, and puts its files into the {@link
   * FileDeletionQueue}. Results of its running units will be rejected.
   *
   * @param gracePeriod how long from now a worker may still write files of the job
   * @return the job as it was, or null if there is none
   */
  Job delete(long jobId, Duration gracePeriod);

  /**
   * Ends a job: its units that are not complete are cancelled. Results of its running units will be
   * rejected.
   *
   * @return the job, or null if there is none
   * @throws IllegalStateChangeException if the job is complete already
   */
  Job cancel(long jobId);

  /**
   * Queues the units of a job again that failed or were cancelled, with all their attempts before
   * them.
   *
   * @return the job, or null if there is none
   * @throws IllegalStateChangeException if the job has neither failed nor been cancelled
   */
  Job retry(long jobId);

  /**
   * Claims queued units for a node: by priority, and within a priority by their fairness tags, so
   * that jobs share the nodes.
   *
   * @return the units, in that order; empty if none of these actions waits
   */
  Collection<ClaimedUnit> claim(Claim claim);

  /**
   * Renews leases of a node.
   *
   * @param node the node that has them
   * @param leases the leases that its heartbeat names
   * @param term how long they last from now unless renewed again
   * @return those of {@code leases} that are not current: ended, completed, or another node's
   */
  Set<Lease> renew(String node, Collection<Lease> leases, Duration term);

  /**
   * Accepts the results whose lease is current, and advances the jobs whose stage ended with them.
   * A result that is rejected changes nothing.
   */
  default CompletedBatch complete(Collection<UnitResult> results) {
    return complete(results, List.of());
  }

  /**
   * As {@link #complete(Collection)}, and stores what their attempts printed in the same
   * transaction, so that no result is accepted whose log is lost.
   *
   * @param logs the logs of the attempts; that of a rejected result is stored too, where its unit
   *     still exists
   */
  CompletedBatch complete(Collection<UnitResult> results, Collection<UnitLog> logs);

  /**
   * Ends leases whose units were never begun, and queues the units again; no attempt was made.
   * Leases that are not current are ignored.
   *
   * @return how many units were queued
   */
  int release(Collection<Lease> leases);

  /**
   * Ends every lease of a node that its heartbeat does not name, and queues the units again.
   *
   * @param node the node
   * @param held the leases that it names
   * @param arriving units that reached it lately, so that its heartbeat may have been written
   *     before
   * @param claimedBefore leases that were given at this time or later are left alone, because the
   *     heartbeat may have been written before
   * @param maxNodeLosses a unit that was lost with its node this often has failed; from 1
   * @return how many leases were ended
   */
  int releaseLost(
      String node,
      Collection<Lease> held,
      Set<Long> arriving,
      Instant claimedBefore,
      int maxNodeLosses);

  /**
   * Ends every lease of a node that leaves, and queues the units again.
   *
   * @return how many leases were ended
   */
  int handBack(String node);

  /**
   * Ends leases that their node has had for too long, and queues the units again. Leases that are
   * not current are ignored.
   *
   * @param message the message of these attempts
   * @return how many leases were ended
   */
  int takeBack(Collection<Lease> leases, String message);

  /**
   * Leases a unit again to the node whose attempt was the last that was given up, so that a late
   * result of that attempt is accepted. A later attempt that still runs is given up in its place.
   *
   * @param token the token of the new lease
   * @param term how long it lasts unless renewed
   * @return the new lease, or null where no attempt at the unit was given up, or it has ended
   */
  WorkQueries.CurrentLease leaseAgain(long unitId, String token, Duration term);

  /**
   * Ends the leases whose deadline has passed, and queues the units again.
   *
   * @param maxNodeLosses a unit that was lost with its node this often has failed; from 1
   * @return how many leases were ended
   */
  int expire(int maxNodeLosses);

  /**
   * Queues the delayed units whose time has come, and the throttled units that may begin by now
   * where a job is limited by the second.
   *
   * @return how many
   */
  int queueDue();

  /**
   * Begins the waiting jobs whose time has come and whose predecessors have succeeded, and cancels
   * those with a predecessor that will not succeed: one that failed, was cancelled or was deleted.
   * Those that wait for a job whose last result was just accepted begin by themselves.
   *
   * @return how many have begun or were cancelled
   */
  int beginWaiting();

  /** The actions of waiting jobs that no node had advertised when they were submitted. */
  List<String> awaitedActions();

  /** The jobs that wait for an action, in their order. */
  List<Job> awaiting(String action);

  /**
   * Sets the stages of a job whose action is advertised now, and begins the job, unless it waits
   * for something else as well.
   *
   * @return whether it waited for its action
   */
  boolean giveAction(long jobId, boolean splits, boolean merges);

  /**
   * Cancels a job that waits for its action.
   *
   * @param message why, for its client
   * @return whether it waited for its action
   */
  boolean refuseAction(long jobId, String message);

  /**
   * Forgets the version ranges that no open job asks for any more; every claim queries each of
   * them.
   *
   * @return how many
   */
  int forgetVersionRanges();

  /**
   * Gives every lease a full term, where this process alone uses the database: while it was closed
   * no lease could be renewed, and its clock may have begun anew. Called once after a start.
   */
  void adopt(Duration term);
}
