package org.cloudcrowd.protocol.worker;

/**
 * What a worker says every {@link #EVERY_SECONDS} seconds while it runs a unit, so that it and its
 * node agree on what runs. It says nothing while it has none: nobody reads what it writes then.
 *
 * @param beat the unit that it runs now
 * @param attempt which attempt at the unit
 */
public record WorkerBeat(long beat, int attempt) {
  /** How often a worker says so. */
  public static final int EVERY_SECONDS = 2;

  private static final String BEGIN = "{\"beat\":";

  /** Whether a line that a worker wrote is one of these, and not an answer. */
  public static boolean isIn(String line) {
    return line.startsWith(BEGIN);
  }
}
