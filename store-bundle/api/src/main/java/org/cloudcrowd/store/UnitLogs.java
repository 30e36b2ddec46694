package org.cloudcrowd.store;

import java.util.Collection;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What actions and their tools print, for each attempt at a unit. May be used by any number of
 * threads.
 */
@ProviderType
public interface UnitLogs {

  /**
   * Keeps what was printed so far, in place of what was kept of the same attempt, unless that is
   * more. Logs of units that are no more are dropped.
   */
  void keep(Collection<UnitLog> logs);

  /**
   * What an attempt printed.
   *
   * @param attempt its number, or null for the last that printed anything
   * @return null where nothing is kept
   */
  UnitLog find(long unitId, Integer attempt);

  /**
   * What an attempt printed.
   *
   * @param unitId the unit
   * @param attempt the attempt's number, from 1
   * @param printed how many characters it printed in all
   * @param text lines, the middle ones left out where they were too many
   */
  record UnitLog(long unitId, int attempt, long printed, String text) {}
}
