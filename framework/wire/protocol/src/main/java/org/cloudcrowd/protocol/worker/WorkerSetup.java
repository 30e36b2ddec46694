package org.cloudcrowd.protocol.worker;

import java.util.List;
import java.util.Map;

/**
 * The configuration that a worker gets before its first unit.
 *
 * @param action the name of the action it runs
 * @param workDirectory the absolute path under which it makes a directory for each attempt
 * @param sharedInputs the absolute path under which lie the downloads that units of a job share
 * @param tools what the programs that the action runs may take
 * @param configurations the configuration of the bundles it shares with its node: for each PID its
 *     keys and values
 */
public record WorkerSetup(
    String action,
    String workDirectory,
    String sharedInputs,
    ToolLimits tools,
    Map<String, Map<String, List<String>>> configurations) {}
