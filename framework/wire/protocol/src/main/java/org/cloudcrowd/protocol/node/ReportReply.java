package org.cloudcrowd.protocol.node;

import java.util.List;

/**
 * The answer of a server to a batch of results.
 *
 * @param rejected the units whose result was rejected, because their lease was not current
 */
public record ReportReply(List<Long> rejected) {}
