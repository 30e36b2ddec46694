package org.cloudcrowd.cli.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.server.NodeView;
import org.cloudcrowd.protocol.server.StatusView;

/** Formats the cluster as lines that fit a terminal, with the rates of its jobs. For one thread. */
final class TopScreen {
  private static final String NODE = "%-28s %-9s %9s  %s";
  private static final String JOB = "%8s  %-16s %-10s %4s %9s %8s %8s  %s";
  private static final int JOB_WIDTH = 72;
  private static final int MIN_BAR = 6;
  private static final int PERCENT = 100;
  private static final double SECONDS_PER_NANO = 1e-9;

  /** The weight of a new rate in the smoothed one. */
  private static final double SMOOTHING = 0.3;

  private static final int MIN_JOB_LINES = 5;

  private record Done(double units, long nanos, double perSecond) {}

  private Map<Long, Done> before = Map.of();

  /**
   * Formats a moment.
   *
   * @param status the cluster
   * @param server the server's URL
   * @param nanos the moment, by a clock that never jumps
   * @param columns how wide the terminal is
   * @param rows how many lines it has
   */
  List<String> lines(StatusView status, String server, long nanos, int columns, int rows) {
    var lines = new ArrayList<String>();
    var nodes = status.nodes();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s  open jobs %d, units %d  nodes %d, workers %d/%d",
            server,
            status.jobCount(),
            status.workUnitCount(),
            nodes.size(),
            nodes.stream().mapToInt(node -> node.workers().size()).sum(),
            nodes.stream().mapToInt(NodeView::maxWorkers).sum()));
    if (status.faults() != null) {
      status.faults().forEach(fault -> lines.add("This server does not do its work. " + fault));
    }
    lines.add("");
    addNodes(lines, nodes, Math.max(1, rows - lines.size() - MIN_JOB_LINES));
    lines.add("");
    addJobs(lines, status, nanos, columns, rows);
    return lines.stream()
        .limit(rows)
        .map(line -> line.length() <= columns ? line : line.substring(0, columns))
        .map(String::stripTrailing)
        .toList();
  }

  private static void addNodes(List<String> lines, List<NodeView> nodes, int most) {
    if (nodes.isEmpty()) {
      lines.add("No node is here. Start one with: crowd node --server URL");
      return;
    }
    lines.add(String.format(Locale.ROOT, NODE, "NODE", "STATUS", "WORKERS", ""));
    int shown = nodes.size() <= most ? nodes.size() : most - 1;
    for (NodeView node : nodes.subList(0, shown)) {
      lines.add(
          String.format(
              Locale.ROOT,
              NODE,
              node.host(),
              node.word(),
              node.workers().size() + "/" + node.maxWorkers(),
              node.reason() == null ? String.join(" ", node.actions()) : node.reason()));
    }
    if (shown < nodes.size()) {
      lines.add("and " + (nodes.size() - shown) + " more");
    }
  }

  private void addJobs(List<String> lines, StatusView status, long nanos, int columns, int rows) {
    var now = new HashMap<Long, Done>();
    if (status.jobs().isEmpty()) {
      lines.add("No job is open. Post one with: crowd submit ACTION INPUT");
    } else {
      lines.add(
          String.format(
              Locale.ROOT, JOB, "JOB", "ACTION", "STATUS", "DONE", "UNITS", "UNITS/S", "LEFT", ""));
    }
    for (JobView job : status.jobs()) {
      var done = done(job, nanos);
      now.put(job.id(), done);
      if (lines.size() < rows) {
        lines.add(
            String.format(
                Locale.ROOT,
                JOB,
                job.id(),
                job.action(),
                job.word(),
                job.percentComplete() + "%",
                job.workUnits(),
                done.perSecond() > 0 ? String.format(Locale.ROOT, "%.1f", done.perSecond()) : "-",
                left(job, done),
                bar(job.percentComplete(), columns - JOB_WIDTH)));
      }
    }
    before = now;
  }

  private Done done(JobView job, long nanos) {
    double units = (double) job.workUnits() * job.percentComplete() / PERCENT;
    var last = before.get(job.id());
    if (last == null || nanos <= last.nanos()) {
      return new Done(units, nanos, 0);
    }
    double rate = Math.max(0, units - last.units()) / ((nanos - last.nanos()) * SECONDS_PER_NANO);
    double smooth =
        last.perSecond() == 0 ? rate : last.perSecond() + SMOOTHING * (rate - last.perSecond());
    return new Done(units, nanos, smooth);
  }

  private static String left(JobView job, Done done) {
    if (done.perSecond() <= 0) {
      return "-";
    }
    var left = Duration.ofSeconds(Math.round((job.workUnits() - done.units()) / done.perSecond()));
    return left.toHours() > 0
        ? String.format(Locale.ROOT, "%dh%02dm", left.toHours(), left.toMinutesPart())
        : String.format(Locale.ROOT, "%dm%02ds", left.toMinutes(), left.toSecondsPart());
  }

  private static String bar(int percent, int width) {
    if (width < MIN_BAR) {
      return "";
    }
    int full = (width - 2) * percent / PERCENT;
    return "[" + "#".repeat(full) + ".".repeat(width - 2 - full) + "]";
  }
}
