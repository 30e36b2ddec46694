package org.cloudcrowd.protocol.server;

import java.util.List;
import java.util.Map;

/**
 * A node's heartbeat: who it is, what it can run, what it holds.
 *
 * @param incarnation names this life of the node's process, so that a restart is seen at once
 * @param tag what its operator calls it, or null
 * @param busy why it takes nothing now, or null where it takes something
 * @param pull why the node asks for its work itself, or null where the server is to send it
 * @param maxWorkers how many units it runs at once
 * @param capacity how many units it holds at once: those that run and those that wait on it so that
 *     no worker idles while the next is sent
 * @param actions what it can run
 * @param workers the process ids of its workers
 * @param running which of them runs what; null counts as nothing
 * @param labels what its operator says that it is or has; null counts as none
 * @param tools the versions of the programs on its path that actions need, by their names; null
 *     counts as none
 * @param problems what keeps files in its folder of actions from being actions; null counts as none
 * @param bundles how it stands with the deployed bundles that it was told to have; null where it
 *     takes none
 * @param leases every unit that it holds, including those whose result the server has not
 *     acknowledged
 */
public record Heartbeat(
    String incarnation,
    String tag,
    String busy,
    String pull,
    int maxWorkers,
    int capacity,
    List<AdvertisedAction> actions,
    List<Long> workers,
    List<UnitInWorker> running,
    List<String> labels,
    Map<String, String> tools,
    List<FileProblem> problems,
    List<BundleState> bundles,
    List<Lease> leases) {

  /** With none where none are told of. */
  public Heartbeat {
    running = running == null ? List.of() : running;
    labels = labels == null ? List.of() : labels;
    tools = tools == null ? Map.of() : tools;
    problems = problems == null ? List.of() : problems;
  }

  /** The same, with these leases. */
  public Heartbeat holding(List<Lease> held) {
    return new Heartbeat(
        incarnation,
        tag,
        busy,
        pull,
        maxWorkers,
        capacity,
        actions,
        workers,
        running,
        labels,
        tools,
        problems,
        bundles,
        held);
  }

  /** The same, with these actions and these problems. */
  public Heartbeat offering(List<AdvertisedAction> offered, List<FileProblem> found) {
    return new Heartbeat(
        incarnation,
        tag,
        busy,
        pull,
        maxWorkers,
        capacity,
        offered,
        workers,
        running,
        labels,
        tools,
        found,
        bundles,
        leases);
  }
}
