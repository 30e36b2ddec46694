package org.cloudcrowd.store;

import java.time.Duration;
import java.util.Set;

/**
 * A wish for units to run.
 *
 * @param node the name of the node that will run them
 * @param actions the names of the actions it can run
 * @param limit how many units at most, from 1
 * @param token the token of every lease that is given
 * @param term how long the leases last unless renewed
 */
public record Claim(String node, Set<String> actions, int limit, String token, Duration term) {}
