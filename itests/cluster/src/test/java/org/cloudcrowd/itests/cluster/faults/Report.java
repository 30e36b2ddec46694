package org.cloudcrowd.itests.cluster.faults;

import java.time.Duration;
import java.util.Locale;

/**
 * What came of a campaign.
 *
 * @param faults which faults, and how often each
 * @param injected how many faults
 * @param jobs how many jobs were acknowledged
 * @param extraJobs how many there are beside those
 * @param units how many units these jobs have
 * @param reruns how often a unit ran that had run before
 * @param rejected how many results were rejected because their lease had ended
 * @param unfounded how many results were accepted for an attempt that did not make them
 * @param lost how many units have no result, or the wrong one
 * @param doubled how many results were accepted more than once
 * @param stuck how many jobs did not end
 * @param longestPause the longest time in which no unit ended
 */
public record Report(
    String faults,
    int injected,
    int jobs,
    int extraJobs,
    int units,
    int reruns,
    int rejected,
    int unfounded,
    int lost,
    int doubled,
    int stuck,
    Duration longestPause) {

  /** Whether nothing was lost, doubled or stuck, and the faults were of a kind to show it. */
  public boolean isGood() {
    return unfounded == 0
        && lost == 0
        && doubled == 0
        && stuck == 0
        && extraJobs == 0
        && reruns > 0
        && rejected > 0;
  }

  /** The report as a table, by the numbers of the promises. */
  public String table() {
    return String.format(
        Locale.ROOT,
        """
        faults injected         %8d  %s
        jobs acknowledged       %8d
        extra jobs        (P18) %8d
        work units              %8d
        reruns             (P1) %8d
        results rejected   (P5) %8d
        results of others  (P5) %8d
        units lost      (P1 P2) %8d
        results doubled (P1 P7) %8d
        jobs stuck        (P19) %8d
        longest pause      (P4) %8.1f s
        """,
        injected,
        faults,
        jobs,
        extraJobs,
        units,
        reruns,
        rejected,
        unfounded,
        lost,
        doubled,
        stuck,
        longestPause.toMillis() / 1000.0);
  }
}
