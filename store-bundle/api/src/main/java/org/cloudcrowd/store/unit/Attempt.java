package org.cloudcrowd.store.unit;

import java.time.Instant;
import org.cloudcrowd.store.state.AttemptOutcome;

/**
 * An attempt at a work unit that has ended. A running attempt is the unit's lease.
 *
 * @param unitId the unit
 * @param number from 1; the numbers of leases that the node rejected are skipped
 * @param node the node that had the lease
 * @param runner the worker that made it
 * @param startedAt when it was claimed
 * @param endedAt when the server was told of its end, or ended its lease
 * @param outcome how it ended
 * @param message why, or null where it succeeded
 */
public record Attempt(
    long unitId,
    int number,
    String node,
    Runner runner,
    Instant startedAt,
    Instant endedAt,
    AttemptOutcome outcome,
    String message) {}
