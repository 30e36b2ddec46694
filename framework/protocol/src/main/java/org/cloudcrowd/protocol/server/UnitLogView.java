package org.cloudcrowd.protocol.server;

/**
 * What an attempt at a unit printed.
 *
 * @param workUnitId the unit
 * @param attempt the attempt's number, or 0 where none has printed anything
 * @param text lines, the middle ones left out where they were too many
 */
public record UnitLogView(long workUnitId, int attempt, String text) {}
