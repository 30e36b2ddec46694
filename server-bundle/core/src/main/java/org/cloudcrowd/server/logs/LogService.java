package org.cloudcrowd.server.logs;

import java.util.List;
import org.cloudcrowd.protocol.job.UnitLogView;
import org.cloudcrowd.protocol.node.AttemptLog;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.Logs;
import org.cloudcrowd.server.results.ReportedLogs;
import org.cloudcrowd.store.UnitLogs;
import org.cloudcrowd.store.WorkQueries;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Stores the logs that nodes report. */
@Component
public final class LogService implements Logs {
  private final UnitLogs logs;
  private final WorkQueries queries;

  @Activate
  public LogService(@Reference UnitLogs logs, @Reference WorkQueries queries) {
    this.logs = logs;
    this.queries = queries;
  }

  @Override
  public void keep(List<AttemptLog> reported) throws InvalidRequestException {
    logs.keep(ReportedLogs.of(reported));
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
