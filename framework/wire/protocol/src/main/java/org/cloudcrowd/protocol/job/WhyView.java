package org.cloudcrowd.protocol.job;

import java.util.ArrayList;
import java.util.List;

/**
 * Explains why work units of a job do not run.
 *
 * @param jobId the job
 * @param status where the job is
 * @param groups its units that are not complete, those together that have the same reason; none
 *     where it is complete
 * @param warning a sentence about why its outputs may be other than its client expects, or null
 */
public record WhyView(long jobId, Status status, List<Group> groups, String warning) {

  /**
   * Some units of a job.
   *
   * @param stage the stage they are in: {@code splitting}, {@code processing} or {@code merging};
   *     {@code waiting} where their job has not begun
   * @param state {@code waiting}, {@code queued}, {@code delayed} after a failed attempt, {@code
   *     throttled} by the job's own limit, or {@code running}
   * @param workUnits how many they are
   * @param reason why none of them runs, whatever the node; null where it is up to the nodes
   * @param nodes the reason of each live node; empty where there is a reason for all
   */
  public record Group(
      Status stage, String state, long workUnits, String reason, List<NodeReason> nodes) {}

  /**
   * Why a node runs none of some units.
   *
   * @param host the node's name
   * @param reason why
   * @param able whether it can run them, and it is a matter of time
   */
  public record NodeReason(String host, String reason, boolean able) {}

  /** Formats it in lines for people. */
  public List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add(
        "job "
            + jobId
            + ": "
            + status.word()
            + (groups.isEmpty() ? ", and nothing of it waits" : ""));
    if (warning != null) {
      lines.add("warning: " + warning);
    }
    for (Group group : groups) {
      if (group.stage() == Status.WAITING) {
        lines.add(group.reason());
        continue;
      }
      lines.add(
          group.workUnits()
              + " "
              + group.stage().word()
              + ", "
              + group.state()
              + (group.reason() == null ? "" : ": " + group.reason()));
      group.nodes().forEach(node -> lines.add("  " + node.host() + ": " + node.reason()));
    }
    return lines;
  }
}
