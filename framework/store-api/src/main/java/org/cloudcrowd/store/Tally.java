package org.cloudcrowd.store;

import java.util.List;

/**
 * What a call has counted, for whoever keeps count of it over time.
 *
 * @param ended the attempts that ended by it
 * @param refused how many results it refused
 */
public record Tally(List<EndedAttempt> ended, int refused) {
  /** Nothing. */
  public static final Tally NONE = new Tally(List.of(), 0);
}
