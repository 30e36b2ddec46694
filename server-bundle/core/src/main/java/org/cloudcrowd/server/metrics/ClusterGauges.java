package org.cloudcrowd.server.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.cloudcrowd.protocol.server.NodeView;
import org.cloudcrowd.server.Nodes;
import org.cloudcrowd.store.CallbackQueue;
import org.cloudcrowd.store.StoreException;
import org.cloudcrowd.store.WorkQueries;
import org.cloudcrowd.store.WorkStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gauges of the whole cluster, read when they are asked for; every server reports the same. Those
 * that the database cannot tell are left out.
 */
final class ClusterGauges {
  private static final Logger log = LoggerFactory.getLogger(ClusterGauges.class);

  private final PrometheusRegistry registry;
  private final BooleanSupplier databaseIsThere;

  /**
   * Adds none yet.
   *
   * @param databaseIsThere is asked before each is read, so that none waits for a database that is
   *     away
   */
  ClusterGauges(PrometheusRegistry registry, BooleanSupplier databaseIsThere) {
    this.registry = registry;
    this.databaseIsThere = databaseIsThere;
  }

  /** Adds the gauges of the queue. */
  void ofWork(WorkQueries queries) {
    add(
        "cloudcrowd_work_units",
        "Work units that are not complete, by their action and state.",
        List.of("action", "state"),
        values ->
            queries
                .load()
                .forEach(
                    load ->
                        values.call(
                            (double) load.units(),
                            load.action(),
                            load.state().name().toLowerCase(Locale.ROOT))));
    add(
        "cloudcrowd_jobs_open",
        "Jobs that are not complete.",
        List.of(),
        values -> values.call((double) queries.openWork().jobs()));
  }

  /** Adds the gauges of the nodes. */
  void ofNodes(Nodes nodes) {
    add(
        "cloudcrowd_nodes",
        "Nodes that are heard of, by their status.",
        List.of("status"),
        values ->
            byStatus(nodes.live()).forEach((status, count) -> values.call((double) count, status)));
    add(
        "cloudcrowd_workers",
        "Worker processes of all nodes.",
        List.of(),
        values -> values.call(nodes.live().stream().mapToInt(node -> node.workers().size()).sum()));
    add(
        "cloudcrowd_workers_max",
        "Work units that all nodes can run at once.",
        List.of(),
        values -> values.call(nodes.live().stream().mapToInt(NodeView::maxWorkers).sum()));
  }

  private static Map<String, Long> byStatus(List<NodeView> nodes) {
    return nodes.stream().collect(Collectors.groupingBy(NodeView::status, Collectors.counting()));
  }

  /** Adds the gauges of the callbacks. */
  void ofCallbacks(CallbackQueue callbacks, WorkStore store) {
    add(
        "cloudcrowd_callbacks_waiting",
        "Callbacks that are still to be delivered.",
        List.of(),
        values -> values.call((double) callbacks.waiting().count()));
    Supplier<Instant> since = () -> callbacks.waiting().since();
    add(
        "cloudcrowd_callback_lag_seconds",
        "How long the oldest callback that is still to be delivered has waited.",
        List.of(),
        values -> values.call(seconds(since.get(), store.now())));
  }

  private static double seconds(Instant since, Instant now) {
    return since == null
        ? 0
        : Math.max(0, Unit.millisToSeconds(Duration.between(since, now).toMillis()));
  }

  private interface Values {
    void read(GaugeWithCallback.Callback values);
  }

  private void add(String name, String help, List<String> labels, Values values) {
    var unused =
        GaugeWithCallback.builder()
            .name(name)
            .help(help)
            .labelNames(labels.toArray(String[]::new))
            .callback(
                callback -> {
                  if (databaseIsThere.getAsBoolean()) {
                    read(name, values, callback);
                  }
                })
            .register(registry);
  }

  private static void read(String name, Values values, GaugeWithCallback.Callback callback) {
    try {
      values.read(callback);
    } catch (StoreException e) {
      // The database is away, which /health/ready reports; the other metrics are written.
    } catch (RuntimeException e) {
      log.warn("The gauge {} cannot be read; the others are", name, e);
    }
  }
}
