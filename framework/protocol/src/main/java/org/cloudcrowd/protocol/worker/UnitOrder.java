package org.cloudcrowd.protocol.worker;

import com.fasterxml.jackson.databind.JsonNode;
import org.cloudcrowd.protocol.server.Status;

/**
 * One attempt that a worker is to make.
 *
 * @param workUnitId the unit
 * @param attempt which attempt at the unit this is, from 1
 * @param jobId its job
 * @param action the name of its action
 * @param stage the stage to run: {@code splitting}, {@code processing} or {@code merging}
 * @param input the stage's input
 * @param options the job's options
 */
public record UnitOrder(
    long workUnitId,
    int attempt,
    long jobId,
    String action,
    Status stage,
    JsonNode input,
    JsonNode options) {}
