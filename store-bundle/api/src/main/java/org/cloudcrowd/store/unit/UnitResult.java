package org.cloudcrowd.store.unit;

import java.util.List;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.store.state.AttemptOutcome;

/** The end of an attempt, as the node that made it tells it. */
public sealed interface UnitResult {
  /** The lease under which the attempt was made. */
  Lease lease();

  /** What made it. */
  Runner runner();

  /**
   * The stage returned an output.
   *
   * @param output a JSON value
   */
  record Succeeded(Lease lease, Runner runner, String output) implements UnitResult {}

  /**
   * A split stage returned the inputs to process.
   *
   * @param parts JSON values, in order, possibly none
   */
  record Split(Lease lease, Runner runner, List<String> parts) implements UnitResult {}

  /**
   * The attempt did not succeed. Where its outcome {@linkplain AttemptOutcome#countsAsFailure
   * counts as failure} the unit has another attempt if it has any left, after a backoff; else it is
   * queued again at once.
   *
   * @param message why
   */
  record Unsuccessful(Lease lease, Runner runner, AttemptOutcome outcome, String message)
      implements UnitResult {}
}
