package org.cloudcrowd.store;

import java.time.Duration;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.store.Change.ChangedUnit;
import org.cloudcrowd.store.state.AttemptOutcome;

/**
 * Something that a transaction of this process has done. All effects of a transaction are published
 * together, once it has committed, to those who subscribed with {@link WorkStore#onEffects}.
 */
public sealed interface Effect {

  /** Units were queued, so a node may get more. */
  record UnitsQueued() implements Effect {}

  /**
   * A job was stored or deleted, or its state has changed.
   *
   * @param jobId the job
   */
  record JobChanged(long jobId) implements Effect {}

  /**
   * A unit was claimed or released, or a result or the end of its lease has changed its state.
   *
   * @param jobId its job
   * @param unit the unit and its new state
   */
  record UnitChanged(long jobId, ChangedUnit unit) implements Effect {}

  /**
   * An attempt has ended by a result or by the end of its lease.
   *
   * @param action the action that ran
   * @param stage the stage that ran
   * @param outcome how it ended
   * @param took how long its lease lasted
   */
  record AttemptEnded(String action, Stage stage, AttemptOutcome outcome, Duration took)
      implements Effect {}

  /**
   * A result was rejected, because its lease was not current; also one by which a sweep would have
   * ended the lease.
   *
   * @param lease the lease that it came under
   */
  record ResultRejected(Lease lease) implements Effect {}
}
