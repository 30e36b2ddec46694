package org.cloudcrowd.protocol.worker;

/**
 * A message that a worker sends every {@link #EVERY_SECONDS} seconds while it runs a unit, so that
 * the node notices a worker that no longer runs its unit. Without a unit it sends none, since the
 * node does not read then.
 *
 * @param beat the unit that it runs now
 * @param attempt which attempt at the unit
 */
public record WorkerBeat(long beat, int attempt) {
  /** The interval of beats. */
  public static final int EVERY_SECONDS = 2;

  private static final String BEGIN = "{\"beat\":";

  /** Whether a line that a worker wrote is one of these, and not an answer. */
  public static boolean isIn(String line) {
    return line.startsWith(BEGIN);
  }
}
