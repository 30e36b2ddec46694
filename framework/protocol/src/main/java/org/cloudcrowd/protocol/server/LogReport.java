package org.cloudcrowd.protocol.server;

import java.util.List;

/**
 * What running attempts have printed, where that has changed.
 *
 * @param node the node's name, {@code host:port}
 * @param logs the logs
 */
public record LogReport(String node, List<AttemptLog> logs) {}
