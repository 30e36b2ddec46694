package org.cloudcrowd.server;

import java.util.List;
import org.cloudcrowd.protocol.job.UnitLogView;
import org.cloudcrowd.protocol.node.AttemptLog;
import org.osgi.annotation.versioning.ProviderType;

/** The output that actions and their tools print. May be used by any number of threads. */
@ProviderType
public interface Logs {

  /**
   * Stores the logs of attempts, in place of those stored before.
   *
   * @param logs may be null, for none
   * @throws InvalidRequestException if one is invalid; none was stored then
   */
  void keep(List<AttemptLog> logs) throws InvalidRequestException;

  /**
   * What a unit printed.
   *
   * @param attempt which attempt at the unit, or null for the last that printed anything
   * @return null where there is no such unit
   */
  UnitLogView find(long unitId, Integer attempt);
}
