package org.cloudcrowd.store;

import java.time.Instant;
import java.util.List;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.store.state.AttemptOutcome;
import org.cloudcrowd.store.state.UnitState;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Reads what charts of a whole job need, without the payloads of its units. May be used by any
 * number of threads.
 */
@ProviderType
public interface ChartQueries {

  /** A job's units in the order of their ids. */
  List<UnitInState> states(long jobId);

  /** The attempts at a job's units, those that run too, in any order. */
  List<Span> spans(long jobId);

  /**
   * The state of a unit.
   *
   * @param unitId from 1
   * @param stage the stage it runs
   * @param state where it is
   */
  record UnitInState(long unitId, Stage stage, UnitState state) {}

  /**
   * The time that an attempt took.
   *
   * @param node the node that makes or made it
   * @param startedAt when the node was given its lease
   * @param endedAt when the server was told of its end, or ended its lease, or null while it runs
   * @param outcome how it ended, or null while it runs
   */
  record Span(String node, Instant startedAt, Instant endedAt, AttemptOutcome outcome) {}
}
