package org.cloudcrowd.protocol.node;

import org.cloudcrowd.protocol.unit.Lease;

/**
 * The log of an attempt so far.
 *
 * @param lease the lease under which it runs
 * @param printed how many characters it has printed in all; of two logs of an attempt, the one with
 *     more is the later
 * @param text its lines, without the middle ones where they were too many
 */
public record AttemptLog(Lease lease, long printed, String text) {}
