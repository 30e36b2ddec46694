package org.cloudcrowd.store;

import java.time.Duration;

/**
 * An attempt that has ended, for whoever keeps count.
 *
 * @param action the action that ran
 * @param stage the stage it ran
 * @param outcome how it ended
 * @param took how long its lease lasted
 */
public record EndedAttempt(String action, Stage stage, AttemptOutcome outcome, Duration took) {}
