package org.cloudcrowd.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.cloudcrowd.store.job.CallbackAddress;
import org.cloudcrowd.store.state.CallbackState;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The callbacks that are to be delivered. A job's callback enters it in the transaction that
 * completes the job, and stays until it is delivered or given up, whatever process ends in between.
 * May be used by any number of threads and processes.
 */
@ProviderType
public interface CallbackQueue {

  /**
   * Takes the callbacks that are due, those with the fewest tries first. No other call returns them
   * before the term is over; one that was not {@linkplain #record recorded} by then is due again.
   *
   * @param limit how many at most
   */
  List<Delivery> take(int limit, Duration term);

  /**
   * Records the outcome of a try. Where the job has a newer message by now, the try enters its
   * history and changes nothing else.
   *
   * @return the state that the callback is in now, or null where it is gone with its job
   */
  CallbackState record(Delivery delivery, Try tried, Next next);

  /**
   * Deletes a job whose receiver has answered that it owns the results now, unless the job has a
   * newer message.
   *
   * @param gracePeriod how long its nodes may still write files of it
   * @return whether it was deleted
   */
  boolean cleanUp(Delivery delivery, Duration gracePeriod);

  /**
   * Has a job's callback delivered again, as a new message.
   *
   * @return the callback, or null where there is no such job
   * @throws IllegalStateException if the job has no callback, or is not complete; the message says
   *     which
   */
  Callback sendAgain(long jobId);

  /** The callbacks that are still to be delivered. */
  Waiting waiting();

  /**
   * Callbacks that are still to be delivered.
   *
   * @param count how many
   * @param since when the first of them was made, or null where there is none
   */
  record Waiting(long count, Instant since) {}

  /** A job's callback, or null where it has none or is not complete. */
  Callback find(long jobId);

  /**
   * A try to be made.
   *
   * @param jobId the job that is complete
   * @param message which of the job's messages it is, from 1: a job that is retried and completes
   *     again has another
   * @param address where to
   * @param tries how many tries of this message were made before
   * @param queuedAt when the message was made
   */
  record Delivery(long jobId, int message, CallbackAddress address, int tries, Instant queuedAt) {}

  /**
   * A try that was made.
   *
   * @param startedAt when, by the sender's clock
   * @param took how long it took
   * @param status what the receiver answered, or 0 where it did not
   * @param fault why it did not answer, or null
   */
  record Try(Instant startedAt, Duration took, int status, String fault) {}

  /** What follows a try. */
  sealed interface Next {
    /** The receiver has accepted it. */
    record Delivered() implements Next {}

    /** Nothing more is tried. */
    record GivenUp() implements Next {}

    /** It is sent again after a backoff. */
    record Again(Duration backoff) implements Next {}
  }

  /**
   * A callback as it was when it was read.
   *
   * @param address where to
   * @param state where it is
   * @param message which of the job's messages it is, from 1
   * @param dueAt when it is tried next, or null
   * @param tries all tries of all the job's messages, in their order
   */
  record Callback(
      CallbackAddress address,
      CallbackState state,
      int message,
      Instant dueAt,
      List<PastTry> tries) {}

  /**
   * A try in a job's history.
   *
   * @param message which of the job's messages was tried
   * @param made the try
   */
  record PastTry(int message, Try made) {}
}
