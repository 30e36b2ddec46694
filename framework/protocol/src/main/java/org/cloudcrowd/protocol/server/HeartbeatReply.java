package org.cloudcrowd.protocol.server;

import java.util.List;

/**
 * The answer of a server to a heartbeat.
 *
 * @param leaseSeconds how long the leases that were named now last, from the moment the heartbeat
 *     was sent; a node that has not renewed by then must have ended their work
 * @param unreachable why the server cannot send to this node, so that the node must ask for its
 *     work itself; null where it can
 * @param revoked the units whose leases the heartbeat names and the node no longer has; it ends
 *     them
 * @param maxWorkers how many units the node is to run at once, or null for what it is configured to
 * @param bundles the deployed bundles that the node is to have, and no others; null says nothing of
 *     them
 */
public record HeartbeatReply(
    int leaseSeconds,
    String unreachable,
    List<Long> revoked,
    Integer maxWorkers,
    List<BundleRef> bundles) {}
