package org.cloudcrowd.protocol.server;

import java.util.List;

/**
 * What a node says to a dispatch.
 *
 * @param accepted the units that it holds now
 * @param refused the units that it did not take; they were not begun
 */
public record DispatchReply(List<Long> accepted, List<Long> refused) {}
