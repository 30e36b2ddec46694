package org.cloudcrowd.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.server.NodeView;
import org.cloudcrowd.protocol.server.StatusView;
import org.junit.jupiter.api.Test;

class TheScreenFitsTheTerminal {
  private static final String SERVER = "http://127.0.0.1:9173/";

  private final TopScreen screen = new TopScreen();

  private static JobView job(long id, int percent) {
    return new JobView(
        id,
        "word_count",
        null,
        "abcdef",
        Status.PROCESSING,
        percent,
        200,
        200,
        "2026-11-26T12:00:00Z",
        1,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        "errand",
        null,
        true);
  }

  private static NodeView node(String name) {
    return new NodeView(
        name,
        null,
        List.of(1L, 2L),
        List.of(),
        "available",
        null,
        "push",
        4,
        List.of("word_count"),
        List.of(),
        Map.of(),
        List.of());
  }

  private List<String> lines(int percent, int second, int columns, int rows) {
    var status = new StatusView(List.of(job(7, percent)), List.of(node("node-a:9063")), 1, 200);
    return screen.lines(status, SERVER, TimeUnit.SECONDS.toNanos(second), columns, rows);
  }

  @Test
  void itShowsHowFastAJobGoesOnAndWhenItEnds() {
    assertThat(lines(0, 0, 80, 24))
        .containsExactly(
            "http://127.0.0.1:9173/  open jobs 1, units 200  nodes 1, workers 2/4",
            "",
            "NODE                         STATUS      WORKERS",
            "node-a:9063                  available       2/4  word_count",
            "",
            "     JOB  ACTION           STATUS     DONE     UNITS  UNITS/S     LEFT",
            "       7  word_count       processing   0%       200        -        -  [......]");

    assertThat(lines(10, 4, 80, 24)).last().asString().contains("5.0", "0m36s");
  }

  @Test
  void aWideTerminalHasALongerBar() {
    var last = lines(50, 0, 200, 24).get(6);

    assertThat(last).hasSize(200).contains("[" + "#".repeat(63) + ".".repeat(63) + "]");
  }

  @Test
  void manyNodesAndJobsLeaveRoomForEachOther() {
    var nodes = LongStream.range(0, 100).mapToObj(i -> node("node-" + i + ":9063")).toList();
    var jobs = LongStream.range(0, 100).mapToObj(i -> job(i, 1)).toList();

    var lines = screen.lines(new StatusView(jobs, nodes, 100, 200), SERVER, 0, 80, 24);

    assertThat(lines).hasSize(24).allMatch(line -> line.length() <= 80);
    assertThat(lines).anyMatch(line -> line.matches("and [0-9]+ more"));
    assertThat(lines).filteredOn(line -> line.contains("word_count       processing")).isNotEmpty();
  }

  @Test
  void whereNothingIsItSaysWhatToDo() {
    assertThat(screen.lines(new StatusView(List.of(), List.of(), 0, 0), SERVER, 0, 80, 24))
        .anyMatch(line -> line.contains("crowd node --server"))
        .anyMatch(line -> line.contains("crowd submit"));
  }
}
