package org.cloudcrowd.protocol.worker;

/**
 * The message of a worker that can run units.
 *
 * @param pid its process id
 * @param problem why it cannot run units, or null; it ends then
 */
public record WorkerReady(long pid, String problem) {}
