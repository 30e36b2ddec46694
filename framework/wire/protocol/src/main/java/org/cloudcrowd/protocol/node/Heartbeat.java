package org.cloudcrowd.protocol.node;

import java.util.List;
import java.util.Map;
import org.cloudcrowd.protocol.unit.Lease;

/**
 * A node's heartbeat: its incarnation, its actions and limits, and its leases.
 *
 * @param incarnation names this life of the node's process, so that a restart is seen at once
 * @param tag the name that its operator gave it, or null
 * @param busy why it takes no units now, or null where it does
 * @param pull why the node asks for its units itself, or null where the server is to send them
 * @param maxWorkers how many units it runs at once
 * @param capacity how many units it takes at once: those that run, and those that wait so that no
 *     worker is idle while the next is sent
 * @param actions what it can run
 * @param workers the process ids of its workers
 * @param running which of them runs what; null counts as nothing
 * @param labels the labels that its operator gave it; null counts as none
 * @param tools the versions of the programs on its path that actions need, by their names; null
 *     counts as none
 * @param problems the files in its folder of actions that are not actions; null counts as none
 * @param bundles the states of the deployed bundles; null where it takes none
 * @param leases the leases of all its units, including those whose result the server has not
 *     answered
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

  /** Replaces missing lists by empty ones. */
  public Heartbeat {
    running = running == null ? List.of() : running;
    labels = labels == null ? List.of() : labels;
    tools = tools == null ? Map.of() : tools;
    problems = problems == null ? List.of() : problems;
  }

  /** The same, of an incarnation: what a former version has stored lacks it. */
  public Heartbeat withIncarnation(String nodeIncarnation) {
    return new Heartbeat(
        nodeIncarnation,
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
        leases);
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
  public Heartbeat advertising(List<AdvertisedAction> advertised, List<FileProblem> found) {
    return new Heartbeat(
        incarnation,
        tag,
        busy,
        pull,
        maxWorkers,
        capacity,
        advertised,
        workers,
        running,
        labels,
        tools,
        found,
        bundles,
        leases);
  }
}
