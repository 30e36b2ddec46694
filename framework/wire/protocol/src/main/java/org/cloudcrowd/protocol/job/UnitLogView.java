package org.cloudcrowd.protocol.job;

/**
 * The log of an attempt at a unit.
 *
 * @param workUnitId the unit
 * @param attempt the attempt's number, or 0 where none has printed anything
 * @param text its lines, without the middle ones where they were too many
 */
public record UnitLogView(long workUnitId, int attempt, String text) {}
