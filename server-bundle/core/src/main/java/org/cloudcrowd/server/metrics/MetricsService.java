package org.cloudcrowd.server.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import org.cloudcrowd.server.Metrics;
import org.cloudcrowd.server.Nodes;
import org.cloudcrowd.server.health.DatabaseProbe;
import org.cloudcrowd.store.CallbackQueue;
import org.cloudcrowd.store.WorkQueries;
import org.cloudcrowd.store.WorkStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Counts effects from its start on, and reads the gauges when the metrics are read. */
@Component(immediate = true)
public final class MetricsService implements Metrics {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ExpositionFormats formats = ExpositionFormats.init();
  private final Runnable unsubscribe;

  @Activate
  public MetricsService(
      @Reference WorkStore store,
      @Reference WorkQueries queries,
      @Reference CallbackQueue callbacks,
      @Reference Nodes nodes,
      @Reference DatabaseProbe database) {
    JvmMetrics.builder().register(registry);
    unsubscribe = store.onEffects(new Counters(registry)::count);
    var gauges = new ClusterGauges(registry, () -> database.fault() == null);
    gauges.ofWork(queries);
    gauges.ofNodes(nodes);
    gauges.ofCallbacks(callbacks, store);
  }

  @Deactivate
  public void stop() {
    unsubscribe.run();
  }

  @Override
  public String contentType(String accept) {
    return formats.findWriter(accept).getContentType();
  }

  @Override
  public void write(String accept, OutputStream out) throws IOException {
    formats.findWriter(accept).write(out, registry.scrape());
  }
}
