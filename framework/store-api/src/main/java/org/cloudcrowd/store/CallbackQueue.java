package org.cloudcrowd.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The callbacks that are to be delivered. A job's callback enters it in the transaction that
 * completes the job, and stays until it is delivered or given up, whatever happens in between. May
 * be used by any number of threads and processes.
 */
@ProviderType
public interface CallbackQueue {

  /**
   * Takes callbacks whose time has come, those of the fewest tries first. Nobody else gets them
   * before the term is over; after it, one that was not {@linkplain #record recorded} comes again.
   *
   * @param limit how many at most
   */
  List<Delivery> take(int limit, Duration term);

  /**
   * Records how a try went. Where the job has a newer message by now, the try is kept and changes
   * nothing else.
   *
   * @return the state that the callback is in now, or null where it is gone with its job
   */
  CallbackState record(Delivery delivery, Try tried, Next next);

  /**
   * The receiver owns the job's results now: removes the job and all that is of it, unless it has a
   * newer message.
   *
   * @param gracePeriod how long its nodes may still be writing files of it
   * @return whether it was removed
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
