package org.cloudcrowd.store;

import java.time.Duration;

/**
 * A unit that was claimed.
 *
 * @param lease the loan
 * @param jobId its job
 * @param action the action that runs it
 * @param stage the stage to run
 * @param input a JSON value
 * @param options the job's options, a JSON object
 * @param timeLimit how long the attempt may take, or null for as long as it wants
 */
public record ClaimedUnit(
    Lease lease,
    long jobId,
    String action,
    Stage stage,
    String input,
    String options,
    Duration timeLimit) {}
