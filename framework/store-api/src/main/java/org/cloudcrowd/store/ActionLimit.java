package org.cloudcrowd.store;

/**
 * How much of an action may run in the whole cluster.
 *
 * @param maxRunning how many units at once, or {@link Integer#MAX_VALUE}
 * @param maxPerSecond how many units may begin in a second, or {@link Double#POSITIVE_INFINITY}; as
 *     many as that, and at least one, may begin together after a pause
 */
public record ActionLimit(int maxRunning, double maxPerSecond) {}
