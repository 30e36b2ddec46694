package org.cloudcrowd.protocol.worker;

/**
 * What a worker says when it can take units.
 *
 * @param pid its process id
 * @param problem why it can take none, or null; it ends then
 */
public record WorkerReady(long pid, String problem) {}
