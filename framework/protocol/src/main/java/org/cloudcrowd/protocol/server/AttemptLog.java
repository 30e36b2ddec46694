package org.cloudcrowd.protocol.server;

/**
 * What an attempt has printed so far.
 *
 * @param lease the lease under which it runs
 * @param printed how many characters it has printed in all; of two logs of an attempt, the one with
 *     more is the later
 * @param text lines, the middle ones left out where they were too many
 */
public record AttemptLog(Lease lease, long printed, String text) {}
