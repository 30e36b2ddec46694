package org.cloudcrowd.protocol.node;

/**
 * A work unit that a worker runs.
 *
 * @param workUnitId the unit
 * @param worker the process id of its worker, or of the program that is its action
 */
public record UnitInWorker(long workUnitId, long worker) {}
