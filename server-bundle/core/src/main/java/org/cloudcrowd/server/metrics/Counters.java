package org.cloudcrowd.server.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;
import java.util.Locale;
import org.cloudcrowd.store.Effect;
import org.cloudcrowd.store.state.AttemptOutcome;

/** The counters of this server, from its start. */
final class Counters {
  /** From a unit of a warm worker to a long video. */
  private static final double[] SECONDS = {
    0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600
  };

  private final Counter attempts;
  private final Histogram durations;
  private final Counter lost;
  private final Counter rejected;

  Counters(PrometheusRegistry registry) {
    attempts =
        Counter.builder()
            .name("cloudcrowd_attempts_total")
            .help("Attempts at work units that have ended, by their outcome.")
            .labelNames("action", "stage", "outcome")
            .withoutExemplars()
            .register(registry);
    durations =
        Histogram.builder()
            .name("cloudcrowd_attempt_duration_seconds")
            .unit(Unit.SECONDS)
            .help("How long work units were leased to a node.")
            .labelNames("action", "stage")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .withoutExemplars()
            .register(registry);
    lost =
        Counter.builder()
            .name("cloudcrowd_leases_lost_total")
            .help(
                "Leases that ended without a result, because their node fell silent or lost them.")
            .withoutExemplars()
            .register(registry);
    rejected =
        Counter.builder()
            .name("cloudcrowd_results_rejected_total")
            .help("Results that were rejected, because their lease had ended.")
            .withoutExemplars()
            .register(registry);
  }

  void count(List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.AttemptEnded attempt) {
        count(attempt);
      } else if (effect instanceof Effect.ResultRejected) {
        rejected.inc();
      }
    }
  }

  private void count(Effect.AttemptEnded attempt) {
    var stage = attempt.stage().name().toLowerCase(Locale.ROOT);
    attempts
        .labelValues(attempt.action(), stage, attempt.outcome().name().toLowerCase(Locale.ROOT))
        .inc();
    durations
        .labelValues(attempt.action(), stage)
        .observe(Unit.nanosToSeconds(attempt.took().toNanos()));
    if (attempt.outcome() == AttemptOutcome.NODE_LOST) {
      lost.inc();
    }
  }
}
