package org.cloudcrowd.server.charts;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.cloudcrowd.protocol.job.TimeLineView;
import org.cloudcrowd.protocol.job.TimeLineView.Lane;
import org.cloudcrowd.store.ChartQueries.Span;
import org.cloudcrowd.store.state.AttemptOutcome;

/** Makes a time line with a fixed number of buckets of any number of attempts. */
final class TimeLine {
  private static final double MILLIS_PER_SECOND = 1000;
  private static final double SHOWN_DIGITS = 1000;

  private final Instant from;
  private final Instant to;
  private final double bucketMillis;
  private final int buckets;
  private final TreeMap<String, Counted> lanes = new TreeMap<>();

  private static final class Counted {
    private final double[] busyMillis;
    private final int[] unsuccessful;

    private Counted(int buckets) {
      busyMillis = new double[buckets];
      unsuccessful = new int[buckets];
    }
  }

  /**
   * Counts attempts.
   *
   * @param now the end of those that run
   * @param buckets the number of buckets between the first start and the last end
   */
  TimeLine(List<Span> spans, Instant now, int buckets) {
    this.buckets = buckets;
    from = spans.stream().map(Span::startedAt).min(Instant::compareTo).orElse(now);
    to = spans.stream().map(span -> end(span, now)).max(Instant::compareTo).orElse(now);
    bucketMillis = Math.max(1, Duration.between(from, to).toMillis()) / (double) buckets;
    spans.forEach(span -> count(span, now));
  }

  private static Instant end(Span span, Instant now) {
    return span.endedAt() == null ? now : span.endedAt();
  }

  private void count(Span span, Instant now) {
    var lane = lanes.computeIfAbsent(span.node(), name -> new Counted(buckets));
    double start = millis(span.startedAt());
    double end = Math.max(start, millis(end(span, now)));
    for (int i = bucket(start); i <= bucket(end); i++) {
      double inBucket = Math.min(end, (i + 1) * bucketMillis) - Math.max(start, i * bucketMillis);
      lane.busyMillis[i] += Math.max(0, inBucket);
    }
    if (span.outcome() != null && span.outcome() != AttemptOutcome.SUCCEEDED) {
      lane.unsuccessful[bucket(end)]++;
    }
  }

  private double millis(Instant time) {
    return Duration.between(from, time).toMillis();
  }

  private int bucket(double millis) {
    return Math.max(0, Math.min(buckets - 1, (int) (millis / bucketMillis)));
  }

  TimeLineView view(long jobId) {
    return new TimeLineView(
        jobId,
        from.toString(),
        to.toString(),
        bucketMillis / MILLIS_PER_SECOND,
        lanes.entrySet().stream().map(lane -> lane(lane.getKey(), lane.getValue())).toList());
  }

  private Lane lane(String node, Counted counted) {
    return new Lane(
        node,
        Arrays.stream(counted.busyMillis)
            .map(millis -> Math.round(millis / bucketMillis * SHOWN_DIGITS) / SHOWN_DIGITS)
            .boxed()
            .toList(),
        Arrays.stream(counted.unsuccessful).boxed().toList());
  }
}
