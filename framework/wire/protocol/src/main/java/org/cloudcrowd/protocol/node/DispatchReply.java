package org.cloudcrowd.protocol.node;

import java.util.List;

/**
 * The answer of a node to a dispatch.
 *
 * @param accepted the units whose leases it has now
 * @param rejected the units that it has no room for; they were not begun
 */
public record DispatchReply(List<Long> accepted, List<Long> rejected) {}
