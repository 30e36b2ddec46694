package org.cloudcrowd.protocol.server;

/**
 * Sets how many work units a node runs at once.
 *
 * @param maxWorkers from 1 to {@value #MAX}, or null for what the node is configured to
 */
public record WorkersRequest(Integer maxWorkers) {
  /** The most that a node may run at once. */
  public static final int MAX = 1000;
}
