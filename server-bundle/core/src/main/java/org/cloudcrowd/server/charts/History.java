package org.cloudcrowd.server.charts;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.cloudcrowd.protocol.server.HistoryView.Sample;

/** The samples of a day: every one of the last hour, and one for several of the time before. */
final class History {
  private final int recentCount;
  private final int perCoarse;
  private final int coarseCount;
  private final Deque<Sample> recent = new ArrayDeque<>();
  private final Deque<Sample> coarse = new ArrayDeque<>();
  private final List<Sample> leaving = new ArrayList<>();

  /**
   * Keeps a number of samples.
   *
   * @param recentCount how many of the last samples are kept
   * @param perCoarse how many older samples are merged into one
   * @param coarseCount how many merged samples are kept
   */
  History(int recentCount, int perCoarse, int coarseCount) {
    this.recentCount = recentCount;
    this.perCoarse = perCoarse;
    this.coarseCount = coarseCount;
  }

  synchronized void add(Sample sample) {
    recent.addLast(sample);
    if (recent.size() <= recentCount) {
      return;
    }
    leaving.add(recent.removeFirst());
    if (leaving.size() == perCoarse) {
      coarse.addLast(joined());
      leaving.clear();
      if (coarse.size() > coarseCount) {
        coarse.removeFirst();
      }
    }
  }

  /** Merges samples: the last one, with the counts of all. */
  private Sample joined() {
    var last = leaving.get(leaving.size() - 1);
    return new Sample(
        last.at(),
        last.jobs(),
        last.queued(),
        last.running(),
        last.workers(),
        last.nodes(),
        leaving.stream().mapToLong(Sample::succeeded).sum(),
        leaving.stream().mapToLong(Sample::unsuccessful).sum());
  }

  /** The samples, oldest first. */
  synchronized List<Sample> all() {
    var all = new ArrayList<>(coarse);
    all.addAll(leaving);
    all.addAll(recent);
    return List.copyOf(all);
  }
}
