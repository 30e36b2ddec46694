package org.cloudcrowd.protocol.server;

/**
 * The outcome of a cleanup.
 *
 * @param deleted how many jobs it deleted
 * @param more whether another call would delete more
 */
public record CleanupView(int deleted, boolean more) {}
