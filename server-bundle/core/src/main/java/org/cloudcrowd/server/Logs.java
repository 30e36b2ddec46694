package org.cloudcrowd.server;

import java.util.List;
import org.cloudcrowd.protocol.server.AttemptLog;
import org.cloudcrowd.protocol.server.UnitLogView;
import org.osgi.annotation.versioning.ProviderType;

/** What actions and their tools print. May be used by any number of threads. */
@ProviderType
public interface Logs {

  /**
   * Keeps what attempts have printed, in place of what was kept of them.
   *
   * @param logs may be null, for none
   * @throws InvalidRequestException if one is not whole; none was kept then
   */
  void keep(List<AttemptLog> logs) throws InvalidRequestException;

  /**
   * What a unit printed.
   *
   * @param attempt which attempt at it, or null for the last that printed anything
   * @return null where there is no such unit
   */
  UnitLogView find(long unitId, Integer attempt);
}
