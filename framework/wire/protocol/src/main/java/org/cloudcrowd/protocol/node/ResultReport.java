package org.cloudcrowd.protocol.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.protocol.unit.Stage;

/**
 * A batch of results that a node sends to a server.
 *
 * @param node the node's name, {@code host:port}
 * @param capacity as in {@link Heartbeat#capacity()}
 * @param results the results
 * @param logs what their attempts printed, those that printed anything; null counts as none
 */
public record ResultReport(String node, int capacity, List<Result> results, List<AttemptLog> logs) {

  /**
   * The end of one attempt.
   *
   * @param lease the lease under which it ran
   * @param stage the stage that ran: {@code splitting}, {@code processing} or {@code merging}
   * @param status {@code succeeded} or {@code failed}
   * @param output what the stage returned, where it succeeded
   * @param reason how it failed, where it failed; null counts as {@link FailureReason#FAILED}
   * @param message why it failed, where it failed
   * @param worker the process id of the worker that ran it, or 0 where there was none
   * @param version the version of the action that ran, or null where none did
   * @param time how long the stage ran, in seconds
   */
  public record Result(
      Lease lease,
      Stage stage,
      Status status,
      JsonNode output,
      FailureReason reason,
      String message,
      long worker,
      String version,
      double time) {}
}
