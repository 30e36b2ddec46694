package org.cloudcrowd.protocol.node;

import java.util.List;

/**
 * The answer of a server to a heartbeat.
 *
 * @param leaseSeconds how long the leases that were named now last, from the moment the heartbeat
 *     was sent; a node that has not renewed them by then must have killed their processes
 * @param unreachable why the server cannot reach this node, so that the node must ask for its units
 *     itself; null where it can
 * @param revoked the units whose leases the heartbeat names and the node no longer has; it ends
 *     them
 * @param maxWorkers how many units the node is to run at once, or null for what it is configured to
 * @param bundles the deployed bundles that the node is to have, and no others; null leaves them as
 *     they are
 */
public record HeartbeatReply(
    int leaseSeconds,
    String unreachable,
    List<Long> revoked,
    Integer maxWorkers,
    List<BundleRef> bundles) {}
