package org.cloudcrowd.store;

/**
 * A unit that was claimed.
 *
 * @param lease the loan
 * @param jobId its job
 * @param action the action that runs it
 * @param stage the stage to run
 * @param input a JSON value
 * @param options the job's options, a JSON object
 */
public record ClaimedUnit(
    Lease lease, long jobId, String action, Stage stage, String input, String options) {}
