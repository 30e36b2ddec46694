package org.cloudcrowd.store;

import java.time.Instant;

/**
 * An attempt at a work unit, after its end. While it runs, the unit's lease tells of it.
 *
 * @param unitId the unit
 * @param number from 1; numbers of leases that the node refused are left out
 * @param node the node that held it
 * @param runner what made it there
 * @param startedAt when it was claimed
 * @param endedAt when its end was heard of
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
