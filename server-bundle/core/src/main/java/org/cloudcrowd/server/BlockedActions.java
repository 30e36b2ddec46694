package org.cloudcrowd.server;

import java.util.List;
import org.cloudcrowd.protocol.server.BlacklistEntry;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The blacklist: actions whose units are not dispatched until they are taken off it. Safe for any
 * number of threads.
 */
@ProviderType
public interface BlockedActions {

  /** What is on it now. */
  List<BlacklistEntry> all();

  /**
   * Puts an action on the list, which need not be known yet. Running units end; no more are
   * dispatched.
   *
   * @param expiresAt in ISO 8601, or null for no end
   * @throws InvalidRequestException if the name is not that of an action, or the time is not in the
   *     future
   */
  BlacklistEntry add(String action, String expiresAt) throws InvalidRequestException;

  /**
   * Takes an action off the list, so that its units are dispatched again; returns its entry, or
   * null if there was none.
   */
  BlacklistEntry remove(String action);
}
