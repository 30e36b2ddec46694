package org.cloudcrowd.server.events;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.UnitsEvent;
import org.cloudcrowd.protocol.server.EventKind;
import org.cloudcrowd.protocol.server.GoneEvent;
import org.cloudcrowd.protocol.server.HistoryView.Sample;
import org.cloudcrowd.protocol.server.NodeView;
import org.cloudcrowd.server.Charts;
import org.cloudcrowd.server.Events;
import org.cloudcrowd.server.Jobs;
import org.cloudcrowd.server.Nodes;
import org.cloudcrowd.store.Change;
import org.cloudcrowd.store.Change.ChangedUnit;
import org.cloudcrowd.store.Changes;
import org.cloudcrowd.store.StoreException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects changes for a moment, and then sends each reader the current state of what it asked for:
 * a job that changes a thousand times a second is sent ten times a second.
 *
 * <p>All servers get the same changes with the same ids, so a reader can continue at another
 * server. Nodes are compared every second, while there are readers.
 */
@Component
public final class EventService implements Events {
  private static final Logger log = LoggerFactory.getLogger(EventService.class);
  private static final long GATHER_MILLIS = 100;
  private static final long NODES_EVERY_MILLIS = 1000;
  private static final long ALIVE_EVERY_SECONDS = 15;
  private static final int STOP_SECONDS = 10;

  private final Changes changes;
  private final Jobs jobs;
  private final Nodes nodes;
  private final Runnable unsubscribe;
  private final Runnable unsubscribeSamples;
  private final List<EventSubscriber> streams = new CopyOnWriteArrayList<>();

  /** The fields below are used by its thread only. */
  private final ScheduledExecutorService teller = Executors.newSingleThreadScheduledExecutor();

  private final RecentChanges recent = new RecentChanges();
  private final List<Change> gathered = new ArrayList<>();
  private Map<String, NodeView> shownNodes = Map.of();

  @Activate
  public EventService(
      @Reference Changes changes,
      @Reference Jobs jobs,
      @Reference Nodes nodes,
      @Reference Charts charts) {
    this.changes = changes;
    this.jobs = jobs;
    this.nodes = nodes;
    unsubscribe = changes.onChange(this::changed);
    unsubscribeSamples = charts.onSample(this::sampled);
    every(NODES_EVERY_MILLIS, this::tellOfNodes);
    every(TimeUnit.SECONDS.toMillis(ALIVE_EVERY_SECONDS), this::signOfLife);
  }

  /** A change that comes while this stops must not fail the transaction that made it. */
  private void changed(Change change) {
    try {
      teller.execute(guarded(() -> hear(change)));
    } catch (RejectedExecutionException e) {
      log.debug("A change is not told any more", e);
    }
  }

  private void sampled(Sample sample) {
    try {
      teller.execute(guarded(() -> tellOf(sample)));
    } catch (RejectedExecutionException e) {
      log.debug("A sample is not told any more", e);
    }
  }

  private void tellOf(Sample sample) {
    var event = List.of(new Event(null, EventKind.SAMPLE, sample));
    streams.stream()
        .filter(stream -> stream.wants(EventKind.SAMPLE))
        .forEach(stream -> add(stream, event));
  }

  /** The stream of a reader that fails is ended; the others go on. */
  private void add(EventSubscriber stream, List<Event> events) {
    try {
      stream.add(events);
    } catch (RuntimeException e) {
      log.warn("A reader of events cannot be told any more", e);
      streams.remove(stream);
      stream.end();
    }
  }

  private void every(long millis, Runnable work) {
    var unused =
        teller.scheduleWithFixedDelay(guarded(work), millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Catches exceptions, since the timer would not call again; a reset has readers read again. */
  private Runnable guarded(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (StoreException e) {
        reset();
      } catch (RuntimeException e) {
        log.error("Events could not be told; whoever listens is told so", e);
        reset();
      }
    };
  }

  /** Ends the streams, after the pass that is under way: an interrupt would break Derby's files. */
  @Deactivate
  public void stop() throws InterruptedException {
    unsubscribe.run();
    unsubscribeSamples.run();
    teller.shutdown();
    var unused = teller.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    streams.forEach(EventSubscriber::end);
  }

  @Override
  public Stream open(Selection selection, String lastEventId, Runnable more)
      throws TooManyStreamsException {
    if (streams.size() >= MAX_STREAMS) {
      throw new TooManyStreamsException();
    }
    var stream = new EventSubscriber(selection, more, streams::remove);
    boolean wasWatched = changes.isWatched();
    changes.watch();
    teller.execute(guarded(() -> begin(stream, lastEventId, wasWatched)));
    return stream;
  }

  private void begin(EventSubscriber stream, String lastEventId, boolean wasWatched) {
    if (!wasWatched) {
      recent.clear();
    }
    // Collected changes go to the readers that were there before; the new one gets the current
    // state below.
    tell();
    streams.add(stream);
    // A keep-alive tells the reader that nothing is missed from here on.
    stream.add(List.of(new Event(null, null, null)));
    var missed = lastEventId == null ? List.<Change>of() : recent.after(lastEventId);
    if (missed == null) {
      stream.add(List.of(new Event(null, EventKind.RESET, Map.of())));
    } else if (!missed.isEmpty()) {
      tell(missed, List.of(stream));
    }
    if (stream.wants(EventKind.NODE)) {
      look();
      stream.add(
          shownNodes.values().stream().map(node -> new Event(null, EventKind.NODE, node)).toList());
    }
  }

  private void hear(Change change) {
    if (change instanceof Change.Missed missed) {
      recent.clear();
      if (missed.wasWatched()) {
        reset();
      }
      return;
    }
    recent.add(change);
    if (streams.isEmpty()) {
      return;
    }
    if (gathered.isEmpty()) {
      var unused = teller.schedule(guarded(this::tell), GATHER_MILLIS, TimeUnit.MILLISECONDS);
    }
    gathered.add(change);
  }

  private void reset() {
    gathered.clear();
    recent.clear();
    var event = List.of(new Event(null, EventKind.RESET, Map.of()));
    streams.forEach(stream -> add(stream, event));
  }

  private void tell() {
    if (!gathered.isEmpty()) {
      var told = List.copyOf(gathered);
      gathered.clear();
      tell(told, streams);
    }
  }

  private void tell(List<Change> told, List<EventSubscriber> readers) {
    var id = RecentChanges.id(told.get(told.size() - 1));
    var changedJobs = new LinkedHashSet<Long>();
    var units = new LinkedHashMap<Long, List<ChangedUnit>>();
    for (Change change : told) {
      if (change instanceof Change.OfJobs ofJobs) {
        changedJobs.addAll(ofJobs.jobIds());
      } else if (change instanceof Change.OfUnits ofUnits) {
        changedJobs.add(ofUnits.jobId());
        units.computeIfAbsent(ofUnits.jobId(), job -> new ArrayList<>()).addAll(ofUnits.units());
      }
    }
    changedJobs.removeIf(job -> readers.stream().noneMatch(reader -> reader.wantsJob(job)));
    var found = new HashMap<Long, JobView>();
    jobs.find(changedJobs).forEach(job -> found.put(job.id(), job));
    for (EventSubscriber reader : readers) {
      add(reader, withId(id, eventsFor(reader, changedJobs, units, found)));
    }
  }

  private static List<Event> eventsFor(
      EventSubscriber reader,
      Set<Long> changedJobs,
      Map<Long, List<ChangedUnit>> units,
      Map<Long, JobView> found) {
    var events = new ArrayList<Event>();
    for (long job : changedJobs) {
      if (!reader.wantsJob(job)) {
        continue;
      }
      if (units.containsKey(job) && reader.wants(EventKind.UNITS)) {
        events.add(new Event(null, EventKind.UNITS, unitsEvent(job, units.get(job))));
      }
      var view = found.get(job);
      if (view != null && reader.wants(EventKind.JOB)) {
        events.add(new Event(null, EventKind.JOB, view));
      } else if (view == null && reader.wants(EventKind.JOB_GONE)) {
        events.add(new Event(null, EventKind.JOB_GONE, new GoneEvent(job, null)));
      }
    }
    return events;
  }

  /** Only the last event has the id: a reader that continues after it has got them all. */
  private static List<Event> withId(String id, List<Event> events) {
    if (!events.isEmpty()) {
      var last = events.remove(events.size() - 1);
      events.add(new Event(id, last.kind(), last.data()));
    }
    return events;
  }

  private static UnitsEvent unitsEvent(long job, List<ChangedUnit> units) {
    return new UnitsEvent(
        job,
        units.stream()
            .map(
                unit ->
                    new UnitsEvent.ChangedUnit(
                        unit.unitId(), unit.state().name().toLowerCase(Locale.ROOT), unit.node()))
            .toList());
  }

  private void tellOfNodes() {
    var readers = streams.stream().filter(stream -> stream.wants(EventKind.NODE)).toList();
    if (readers.isEmpty()) {
      return;
    }
    var before = shownNodes;
    look();
    var events = new ArrayList<Event>();
    shownNodes.forEach(
        (name, node) -> {
          if (!node.equals(before.get(name))) {
            events.add(new Event(null, EventKind.NODE, node));
          }
        });
    var gone = new HashSet<>(before.keySet());
    gone.removeAll(shownNodes.keySet());
    gone.forEach(
        name -> events.add(new Event(null, EventKind.NODE_GONE, new GoneEvent(null, name))));
    readers.forEach(reader -> add(reader, events));
  }

  private void look() {
    var seen = new LinkedHashMap<String, NodeView>();
    nodes.live().forEach(node -> seen.put(node.host(), node));
    shownNodes = seen;
  }

  private void signOfLife() {
    if (!streams.isEmpty()) {
      changes.watch();
      var event = List.of(new Event(null, null, null));
      streams.forEach(stream -> add(stream, event));
    }
  }
}
