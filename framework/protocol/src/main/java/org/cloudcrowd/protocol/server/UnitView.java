package org.cloudcrowd.protocol.server;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A work unit, as clients see it.
 *
 * @param id from 1
 * @param jobId its job
 * @param status {@code splitting}, {@code processing} or {@code merging} until it is complete
 * @param input what its stage is given
 * @param attempts how many attempts failed
 * @param output what its stage returned, or null where it has not succeeded
 * @param message why its last failed attempt failed, or null where none did
 */
public record UnitView(
    long id,
    long jobId,
    Status status,
    JsonNode input,
    int attempts,
    JsonNode output,
    String message) {}
