package org.cloudcrowd.protocol.server;

import java.util.List;

/**
 * What a server says to a batch of results.
 *
 * @param refused the units whose result did not count, because their lease was no longer current
 */
public record ReportReply(List<Long> refused) {}
