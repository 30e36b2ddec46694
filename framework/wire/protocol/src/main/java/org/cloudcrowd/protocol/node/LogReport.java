package org.cloudcrowd.protocol.node;

import java.util.List;

/**
 * The logs of running attempts that have changed.
 *
 * @param node the node's name, {@code host:port}
 * @param logs the logs
 */
public record LogReport(String node, List<AttemptLog> logs) {}
