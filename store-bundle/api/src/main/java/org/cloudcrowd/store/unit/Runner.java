package org.cloudcrowd.store.unit;

/**
 * The worker that made an attempt, as its node reported it.
 *
 * @param worker the process id of the worker on that node, or 0 where none is known
 * @param version the version of the action that it ran, or null where none is known
 */
public record Runner(long worker, String version) {
  /** Nothing is known of it. */
  public static final Runner UNKNOWN = new Runner(0, null);
}
