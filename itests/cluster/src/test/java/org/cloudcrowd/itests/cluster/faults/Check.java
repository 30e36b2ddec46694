package org.cloudcrowd.itests.cluster.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cloudcrowd.itests.cluster.Orders;
import org.cloudcrowd.itests.cluster.faults.Workload.Accepted;
import org.cloudcrowd.protocol.server.JobView;
import org.cloudcrowd.protocol.server.Status;
import org.cloudcrowd.protocol.server.UnitView;

/** Holds the ledgers of client and action against what the servers say. */
final class Check {
  private static final int PAGE = 1000;

  private final Campaign campaign;
  private final Workload workload;
  private int lost;
  private int doubled;
  private int stuck;
  private int units;
  private final List<Instant> ends = new ArrayList<>();

  Check(Campaign campaign, Workload workload) {
    this.campaign = campaign;
    this.workload = workload;
  }

  Report report(FaultLog faults) throws IOException, InterruptedException {
    var accepted = workload.accepted();
    for (Accepted job : accepted) {
      check(job);
    }
    var runs = runsByUnit();
    int executions = runs.values().stream().mapToInt(Integer::intValue).sum();
    return new Report(
        faults.toString(),
        faults.size(),
        accepted.size(),
        jobs() - accepted.size(),
        units,
        executions - runs.size(),
        refused(),
        lost,
        doubled,
        stuck,
        longestPause());
  }

  private void check(Accepted job) throws InterruptedException {
    JobView view = workload.find(job.id());
    units += job.size();
    if (view == null) {
      lost += job.size();
      return;
    }
    if (!view.status().isComplete()) {
      stuck++;
      return;
    }
    if (view.status() != Status.SUCCEEDED) {
      lost += job.size();
      return;
    }
    var values = view.outputs().get(0);
    for (int i = 0; i < job.size(); i++) {
      if (values.path(i).asInt(-1) != i) {
        lost++;
      }
    }
    doubled += Math.max(0, values.size() - job.size());
    checkHistories(job);
  }

  /** Each unit has succeeded once, however often it ran; the split unit is gone by then. */
  private void checkHistories(Accepted job) throws InterruptedException {
    var list = workload.ask(client -> client.units(job.id(), PAGE, null)).units();
    if (list.size() != job.size() + 1) {
      doubled += Math.abs(list.size() - job.size() - 1);
    }
    for (UnitView brief : list) {
      var unit = workload.ask(client -> client.unit(brief.id()));
      var successes =
          unit.history().stream().filter(attempt -> attempt.outcome().equals("succeeded")).toList();
      if (successes.isEmpty()) {
        lost++;
      }
      doubled += Math.max(0, successes.size() - 1);
      successes.forEach(attempt -> ends.add(Instant.parse(attempt.endedAt())));
    }
  }

  private Map<Long, Integer> runsByUnit() throws IOException {
    var runs = new HashMap<Long, Integer>();
    Orders.ledger(workload.ledger()).forEach(line -> runs.merge(line[0], 1, Integer::sum));
    return runs;
  }

  private int jobs() throws InterruptedException {
    int count = 0;
    String cursor = null;
    do {
      var after = cursor;
      var page = workload.ask(client -> client.jobs(PAGE, after));
      count += page.jobs().size();
      cursor = page.after();
    } while (cursor != null);
    return count;
  }

  private int refused() throws IOException {
    int count = 0;
    for (Path log : campaign.serverLogs()) {
      try (var lines = Files.lines(log)) {
        count +=
            (int) lines.filter(line -> line.contains("is refused: its lease has ended")).count();
      }
    }
    return count;
  }

  /** The longest time in which no unit ended: how long the cluster took to recover at worst. */
  private Duration longestPause() {
    var sorted = ends.stream().sorted().toList();
    var longest = Duration.ZERO;
    for (int i = 1; i < sorted.size(); i++) {
      var pause = Duration.between(sorted.get(i - 1), sorted.get(i));
      longest = pause.compareTo(longest) > 0 ? pause : longest;
    }
    return longest;
  }
}
