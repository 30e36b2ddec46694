package org.cloudcrowd.server.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.job.TimeLineView;
import org.cloudcrowd.protocol.job.UnitStatesView;
import org.cloudcrowd.protocol.job.UnitStatesView.UnitRange;
import org.cloudcrowd.protocol.server.HistoryView;
import org.cloudcrowd.protocol.server.HistoryView.Sample;
import org.cloudcrowd.protocol.server.NodeView;
import org.cloudcrowd.server.Charts;
import org.cloudcrowd.server.Nodes;
import org.cloudcrowd.store.ChartQueries;
import org.cloudcrowd.store.ChartQueries.UnitInState;
import org.cloudcrowd.store.Effect;
import org.cloudcrowd.store.StoreException;
import org.cloudcrowd.store.WorkQueries;
import org.cloudcrowd.store.WorkStore;
import org.cloudcrowd.store.state.AttemptOutcome;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a sample of the cluster every few seconds, and reads the data of the other charts on
 * request.
 */
@Component
public final class ChartService implements Charts {
  private static final Logger log = LoggerFactory.getLogger(ChartService.class);
  private static final int SAMPLE_SECONDS = 5;
  private static final int RECENT = 3600 / SAMPLE_SECONDS;
  private static final int PER_COARSE = 120 / SAMPLE_SECONDS;
  private static final int COARSE = 23 * 3600 / 120;
  private static final int STOP_SECONDS = 10;

  private final WorkStore store;
  private final WorkQueries queries;
  private final ChartQueries charts;
  private final Nodes nodes;
  private final Runnable unsubscribe;
  private final LongAdder succeeded = new LongAdder();
  private final LongAdder unsuccessful = new LongAdder();
  private final History history = new History(RECENT, PER_COARSE, COARSE);
  private final List<Consumer<Sample>> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor();

  @Activate
  public ChartService(
      @Reference WorkStore store,
      @Reference WorkQueries queries,
      @Reference ChartQueries charts,
      @Reference Nodes nodes) {
    this.store = store;
    this.queries = queries;
    this.charts = charts;
    this.nodes = nodes;
    unsubscribe = store.onEffects(this::count);
    var unused = sampler.scheduleAtFixedRate(this::sample, 0, SAMPLE_SECONDS, TimeUnit.SECONDS);
  }

  /** Stops after the sample that is under way: an interrupt would break Derby's files. */
  @Deactivate
  public void stop() throws InterruptedException {
    unsubscribe.run();
    sampler.shutdown();
    var unused = sampler.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
  }

  private void count(List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.AttemptEnded attempt) {
        (attempt.outcome() == AttemptOutcome.SUCCEEDED ? succeeded : unsuccessful).increment();
      }
    }
  }

  private void sample() {
    try {
      var open = queries.openWork();
      var live = nodes.live();
      long running = live.stream().mapToLong(node -> node.running().size()).sum();
      var sample =
          new Sample(
              store.now().toString(),
              open.jobs(),
              Math.max(0, open.units() - running),
              running,
              live.stream().mapToInt(NodeView::maxWorkers).sum(),
              live.size(),
              succeeded.sumThenReset(),
              unsuccessful.sumThenReset());
      history.add(sample);
      listeners.forEach(listener -> listener.accept(sample));
    } catch (StoreException e) {
      log.debug("The history has a gap while the database is away", e);
    } catch (RuntimeException e) {
      // The timer would not call again.
      log.error("No sample could be taken; the next is tried", e);
    }
  }

  @Override
  public HistoryView history() {
    return new HistoryView(history.all());
  }

  @Override
  public Runnable onSample(Consumer<Sample> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public TimeLineView timeLine(long jobId) {
    return queries.job(jobId) == null
        ? null
        : new TimeLine(charts.spans(jobId), store.now(), BUCKETS).view(jobId);
  }

  @Override
  public UnitStatesView states(long jobId) {
    return queries.job(jobId) == null
        ? null
        : new UnitStatesView(jobId, ranges(charts.states(jobId)));
  }

  private static List<UnitRange> ranges(List<UnitInState> units) {
    var ranges = new ArrayList<UnitRange>();
    UnitInState first = null;
    UnitInState last = null;
    for (UnitInState unit : units) {
      if (first != null && !follows(last, unit)) {
        ranges.add(range(first, last));
        first = null;
      }
      first = first == null ? unit : first;
      last = unit;
    }
    if (first != null) {
      ranges.add(range(first, last));
    }
    return ranges;
  }

  private static boolean follows(UnitInState before, UnitInState unit) {
    return unit.unitId() == before.unitId() + 1
        && unit.stage() == before.stage()
        && unit.state() == before.state();
  }

  private static UnitRange range(UnitInState first, UnitInState last) {
    return new UnitRange(
        first.unitId(),
        last.unitId(),
        Status.of(first.stage()),
        first.state().name().toLowerCase(Locale.ROOT));
  }
}
