package org.cloudcrowd.store.jpa.database;

/**
 * Queued units of one action and version range, which are neighbours in the index of the queue.
 *
 * @param action their action
 * @param versionRange which versions of it may run them, as its column keeps it
 * @param allowed how many units of the action may be taken
 */
public record Partition(String action, String versionRange, int allowed) {}
