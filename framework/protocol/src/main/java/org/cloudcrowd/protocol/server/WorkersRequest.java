package org.cloudcrowd.protocol.server;

/**
 * How many work units a node is to run at once.
 *
 * @param maxWorkers from 1 to {@value #MAX}, or null for what the node is configured to
 */
public record WorkersRequest(Integer maxWorkers) {
  /** The most that a node may run at once. */
  public static final int MAX = 1000;
}
