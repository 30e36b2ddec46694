package org.cloudcrowd.protocol.server;

/**
 * What a cleanup did.
 *
 * @param deleted how many jobs it deleted
 * @param more whether there are others to delete, by another call
 */
public record CleanupView(int deleted, boolean more) {}
