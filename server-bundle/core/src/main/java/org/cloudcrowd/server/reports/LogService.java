package org.cloudcrowd.server.reports;

import java.util.ArrayList;
import java.util.List;
import org.cloudcrowd.protocol.server.AttemptLog;
import org.cloudcrowd.protocol.server.UnitLogView;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.Logs;
import org.cloudcrowd.store.UnitLogs;
import org.cloudcrowd.store.UnitLogs.UnitLog;
import org.cloudcrowd.store.WorkQueries;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps in the store what nodes report. */
@Component
public final class LogService implements Logs {
  /** Nodes bound what they send; this bounds what is taken. */
  private static final int MAX_CHARACTERS = 1 << 20;

  private final UnitLogs logs;
  private final WorkQueries queries;

  /** Keeps logs in a store. */
  @Activate
  public LogService(@Reference UnitLogs logs, @Reference WorkQueries queries) {
    this.logs = logs;
    this.queries = queries;
  }

  @Override
  public void keep(List<AttemptLog> reported) throws InvalidRequestException {
    var kept = new ArrayList<UnitLog>();
    for (AttemptLog log : reported == null ? List.<AttemptLog>of() : reported) {
      if (log == null || log.lease() == null || log.text() == null) {
        throw new InvalidRequestException("/logs", "a log names its lease and has a text");
      }
      var text = log.text();
      kept.add(
          new UnitLog(
              log.lease().workUnitId(),
              log.lease().attempt(),
              log.printed(),
              text.substring(Math.max(0, text.length() - MAX_CHARACTERS))));
    }
    logs.keep(kept);
  }

  @Override
  public UnitLogView find(long unitId, Integer attempt) {
    var log = logs.find(unitId, attempt);
    if (log != null) {
      return new UnitLogView(unitId, log.attempt(), log.text());
    }
    return queries.unit(unitId) == null ? null : new UnitLogView(unitId, 0, "");
  }
}
