package org.cloudcrowd.server.results;

import java.util.ArrayList;
import java.util.List;
import org.cloudcrowd.protocol.node.AttemptLog;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.store.UnitLogs.UnitLog;

/** Converts the logs that nodes report to those of the store. */
public final class ReportedLogs {
  /** The longest log; nodes have a limit of their own. */
  private static final int MAX_CHARACTERS = 1 << 20;

  private ReportedLogs() {}

  /**
   * Reads a list.
   *
   * @param reported null for none
   */
  public static List<UnitLog> of(List<AttemptLog> reported) throws InvalidRequestException {
    var kept = new ArrayList<UnitLog>();
    for (AttemptLog log : reported == null ? List.<AttemptLog>of() : reported) {
      if (log == null || log.lease() == null || log.text() == null) {
        throw new InvalidRequestException("/logs", "a log names its lease and has a text");
      }
      var text = log.text();
      kept.add(
          new UnitLog(
              log.lease().unitId(),
              log.lease().attempt(),
              log.printed(),
              text.substring(Math.max(0, text.length() - MAX_CHARACTERS))));
    }
    return kept;
  }
}
