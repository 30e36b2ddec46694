package org.cloudcrowd.itests.cluster.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cloudcrowd.itests.cluster.Orders;
import org.cloudcrowd.itests.cluster.faults.Workload.Accepted;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.job.UnitView;

/** Holds the ledgers of client and action against what the servers say. */
final class Check {
  private static final int PAGE = 1000;

  private final Campaign campaign;
  private final Workload workload;
  private int lost;
  private int doubled;
  private int stuck;
  private int units;
  private int unfounded;
  private final Map<Long, Set<String>> runs = new HashMap<>();
  private final List<Instant> ends = new ArrayList<>();

  Check(Campaign campaign, Workload workload) {
    this.campaign = campaign;
    this.workload = workload;
  }

  Report report(FaultLog faults) throws IOException, InterruptedException {
    readLedger();
    var accepted = workload.accepted();
    for (Accepted job : accepted) {
      check(job);
    }
    int executions = runs.values().stream().mapToInt(Set::size).sum();
    return new Report(
        faults.toString(),
        faults.size(),
        accepted.size(),
        jobs() - accepted.size(),
        units,
        executions - runs.size(),
        rejected(),
        unfounded,
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
      successes.forEach(attempt -> checkItRan(unit, attempt));
    }
  }

  /** A result that counted was made by that very attempt, says the action's ledger. */
  private void checkItRan(UnitView unit, UnitView.AttemptView success) {
    var ofUnit = runs.get(unit.id());
    // The merge writes no ledger.
    if (ofUnit != null && !ofUnit.contains(run(success.attempt(), success.worker()))) {
      unfounded++;
    }
  }

  private static String run(long attempt, long worker) {
    return attempt + " by " + worker;
  }

  private void readLedger() throws IOException {
    for (long[] line : Orders.ledger(workload.ledger())) {
      runs.computeIfAbsent(line[0], unit -> new HashSet<>()).add(run(line[1], line[2]));
    }
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

  private int rejected() throws IOException {
    int count = 0;
    for (Path log : campaign.serverLogs()) {
      try (var lines = Files.lines(log)) {
        count +=
            (int) lines.filter(line -> line.contains("is rejected: its lease has ended")).count();
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
