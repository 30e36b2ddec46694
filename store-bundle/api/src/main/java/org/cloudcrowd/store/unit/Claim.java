package org.cloudcrowd.store.unit;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Version;

/**
 * A request for units that a node is to run.
 *
 * @param node the name of the node that will run them
 * @param actions the versions that it has of each action that it can run, by the names of those
 * @param limits those of them that are limited
 * @param retries whether to take units whose last attempt failed on this very node, or was lost
 *     with it
 * @param isolated whether to take one unit that fails if its node is lost once more
 * @param limit how many units at most, from 1
 * @param token the token of every lease that is given
 * @param term how long the leases last unless renewed
 */
public record Claim(
    String node,
    Map<String, Set<Version>> actions,
    Map<String, UnitLimit> limits,
    Retries retries,
    boolean isolated,
    int limit,
    String token,
    Duration term) {

  /** Whether a node gets units whose last attempt failed on it, or was lost with it. */
  public enum Retries {
    /** It does, because no other node can run them. */
    HERE,
    /** It does not: their next attempt is made on another node. */
    ELSEWHERE
  }
}
