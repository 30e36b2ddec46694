package org.cloudcrowd.server;

import java.util.List;
import org.cloudcrowd.protocol.server.BlacklistEntry;
import org.osgi.annotation.versioning.ProviderType;

/** The blacklist: actions that wait until they are taken off it. Safe for any number of threads. */
@ProviderType
public interface BlockedActions {

  /** What is on it now. */
  List<BlacklistEntry> all();

  /**
   * Puts an action on it, which need not be known yet. What runs, ends; nothing more is begun.
   *
   * @param expiresAt in ISO 8601, or null for no end
   * @throws InvalidRequestException if that is no action's name, or no time to come
   */
  BlacklistEntry add(String action, String expiresAt) throws InvalidRequestException;

  /** Takes an action off it, whose units go on; says what was there, or null if nothing was. */
  BlacklistEntry remove(String action);
}
