package org.cloudcrowd.store.job;

import java.time.Duration;
import org.cloudcrowd.store.unit.UnitLimit;

/**
 * The priority, retry policy, timeout and limits of a job's units.
 *
 * @param priority units of smaller priority are claimed first; 0 is the default
 * @param maxAttempts how many attempts of a unit may fail before it is failed, at least 1
 * @param backoff the backoff after the first failed attempt, which doubles with each; zero for none
 * @param maxBackoff the longest backoff
 * @param timeout how long an attempt may take, or null for as long as it wants
 * @param limit how many of its units may run
 */
public record JobRules(
    int priority,
    int maxAttempts,
    Duration backoff,
    Duration maxBackoff,
    Duration timeout,
    UnitLimit limit) {}
