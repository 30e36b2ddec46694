package org.cloudcrowd.protocol.server;

import java.util.List;

/**
 * A live node, as clients see it.
 *
 * @param host its name, {@code host:port}
 * @param tag what its operator calls it, or null
 * @param workers the process ids of its workers
 * @param status {@code available} or {@code busy}
 * @param reason why it takes nothing now, where there is more to say than that it is full; else
 *     null
 * @param maxWorkers how many units it runs at once
 * @param actions the names of the actions it can run
 */
public record NodeView(
    String host,
    String tag,
    List<Long> workers,
    String status,
    String reason,
    int maxWorkers,
    List<String> actions) {}
