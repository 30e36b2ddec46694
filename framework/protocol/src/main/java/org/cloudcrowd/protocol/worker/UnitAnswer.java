package org.cloudcrowd.protocol.worker;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How an attempt ended.
 *
 * @param workUnitId the unit
 * @param output what the stage returned, where it succeeded
 * @param failure why it failed, or null where it succeeded
 * @param seconds how long the stage ran
 */
public record UnitAnswer(long workUnitId, JsonNode output, String failure, double seconds) {}
