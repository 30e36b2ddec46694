package org.cloudcrowd.protocol.server;

import java.util.List;
import java.util.Map;
import org.cloudcrowd.protocol.node.UnitInWorker;

/**
 * A live node, as clients see it.
 *
 * @param host its name, {@code host:port}
 * @param tag the name that its operator gave it, or null
 * @param workers the process ids of its workers
 * @param running which of them runs what, as of its last heartbeat
 * @param status {@code available} or {@code busy}
 * @param reason why it takes nothing now, where there is more to say than that it is full; else
 *     null
 * @param connection {@code push} where the server sends to the node; else {@code pull}, and why the
 *     node asks for its work itself
 * @param maxWorkers how many units it runs at once
 * @param actions the names of the actions it can run
 * @param labels what its operator says that it is or has
 * @param tools the versions of the programs on its path that actions need, by their names
 * @param problems what keeps files in its folder of actions from being actions, a sentence for each
 */
public record NodeView(
    String host,
    String tag,
    List<Long> workers,
    List<UnitInWorker> running,
    String status,
    String reason,
    String connection,
    int maxWorkers,
    List<String> actions,
    List<String> labels,
    Map<String, String> tools,
    List<String> problems) {
  /** For people: whether it takes units now. */
  public String word() {
    if (reason != null) {
      return "takes nothing";
    }
    return status.equals("busy") ? "full" : status;
  }
}
