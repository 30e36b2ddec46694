package org.cloudcrowd.store.jpa;

/**
 * Queued units that a node can run, and that lie next to each other in the index of the queue.
 *
 * @param action their action
 * @param versionRange which versions of it may run them, as its column keeps it
 * @param allowed how many units of the action may be taken
 */
record Lane(String action, String versionRange, int allowed) {}
