package org.cloudcrowd.server.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.cloudcrowd.protocol.server.HistoryView.Sample;
import org.cloudcrowd.store.ChartQueries.Span;
import org.cloudcrowd.store.state.AttemptOutcome;
import org.junit.jupiter.api.Test;

class PicturesAreDrawnOfMany {
  private static final Instant START = Instant.parse("2026-11-26T12:00:00Z");

  private static Instant at(int seconds) {
    return START.plus(Duration.ofSeconds(seconds));
  }

  private static Sample sample(int number) {
    return new Sample(at(number).toString(), 1, number, 0, 0, 0, 1, 2);
  }

  @Test
  void aTimeLineHasALaneForEachNodeAndItsPartsSayHowBusyItWas() {
    var line =
        new TimeLine(
                List.of(
                    new Span("b", at(0), at(10), AttemptOutcome.SUCCEEDED),
                    new Span("a", at(0), at(5), AttemptOutcome.FAILED),
                    new Span("a", at(5), null, null),
                    new Span("a", at(5), null, null)),
                at(10),
                10)
            .view(7);

    assertThat(line.jobId()).isEqualTo(7);
    assertThat(line.from()).isEqualTo("2026-11-26T12:00:00Z");
    assertThat(line.to()).isEqualTo("2026-11-26T12:00:10Z");
    assertThat(line.bucketSeconds()).isEqualTo(1);
    assertThat(line.lanes()).extracting(lane -> lane.node()).containsExactly("a", "b");
    assertThat(line.lanes().get(0).busy())
        .containsExactly(1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0, 2.0);
    assertThat(line.lanes().get(0).unsuccessful()).containsExactly(0, 0, 0, 0, 0, 1, 0, 0, 0, 0);
    assertThat(line.lanes().get(1).busy()).containsOnly(1.0);
  }

  @Test
  void aTimeLineOfNothingIsEmpty() {
    assertThat(new TimeLine(List.of(), START, 10).view(1).lanes()).isEmpty();
  }

  @Test
  void aHistoryKeepsTheLatestEachAndOneForManyOfThoseBeforeAndForgetsTheRest() {
    var history = new History(4, 3, 2);

    IntStream.range(0, 14).mapToObj(PicturesAreDrawnOfMany::sample).forEach(history::add);

    assertThat(history.all())
        .extracting(Sample::queued)
        .as("5 stands for 3 to 5, 8 for 6 to 8, and 0 to 2 are forgotten")
        .containsExactly(5L, 8L, 9L, 10L, 11L, 12L, 13L);
    assertThat(history.all()).extracting(Sample::succeeded).startsWith(3L, 3L, 1L);
    assertThat(history.all()).extracting(Sample::unsuccessful).startsWith(6L, 6L, 2L);
  }
}
