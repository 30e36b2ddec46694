package org.cloudcrowd.node.units;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.node.NodeConfiguration;
import org.cloudcrowd.node.actions.InstalledActions;
import org.cloudcrowd.node.programs.ProgramRunner;
import org.cloudcrowd.node.server.Results;
import org.cloudcrowd.node.workers.WorkerPool;
import org.cloudcrowd.protocol.server.Dispatch;
import org.cloudcrowd.protocol.server.DispatchReply;
import org.cloudcrowd.protocol.server.Lease;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the units that the server sends, each in a worker, as many at once as configured. */
@Component(
    service = UnitRunners.class,
    configurationPid = NodeConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = NodeConfiguration.class)
public final class UnitRunners {
  private static final Logger log = LoggerFactory.getLogger(UnitRunners.class);

  private final InstalledActions actions;
  private final WorkerPool pool;
  private final ProgramRunner programs;
  private final MachineLimits limits;
  private final HeldUnits held = new HeldUnits();
  private final Backlog backlog;
  private final int size;
  private final Results results;
  private final ScheduledExecutorService timeLimits = Executors.newSingleThreadScheduledExecutor();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean draining;

  /** Begins to wait for units. */
  @Activate
  public UnitRunners(
      NodeConfiguration configuration,
      @Reference InstalledActions actions,
      @Reference WorkerPool pool,
      @Reference ProgramRunner programs,
      @Reference MachineLimits limits,
      @Reference Results results) {
    this.actions = actions;
    this.pool = pool;
    this.programs = programs;
    this.limits = limits;
    this.results = results;
    size = WorkerPool.size(configuration);
    backlog = new Backlog(size);
    for (int i = 1; i <= size; i++) {
      var thread = new Thread(this::run, "unit-runner-" + i);
      thread.start();
      threads.add(thread);
    }
  }

  /** Ends what runs; the node gives its units back when it leaves. */
  @Deactivate
  public void close() throws InterruptedException {
    threads.forEach(Thread::interrupt);
    held.dropAll();
    for (Thread thread : threads) {
      thread.join();
    }
    timeLimits.shutdownNow();
  }

  /** Takes the units for which there is room, and refuses the rest. */
  public DispatchReply take(Collection<Dispatch.Unit> units) {
    return held.take(units, busyReason() == null ? capacity() : 0);
  }

  /** Takes the units for which there is room, and gives the rest back by results. */
  public void takeOrHandBack(Collection<Dispatch.Unit> units) {
    var refused = new HashSet<>(take(units).refused());
    units.stream()
        .filter(unit -> refused.contains(unit.lease().workUnitId()))
        .forEach(unit -> handBack(unit, "the node has no room for it"));
  }

  private void handBack(Dispatch.Unit unit, String why) {
    results.add(Attempt.handedBack(unit, why), this::capacity, held::acknowledged);
  }

  /** Why the node takes nothing now, or null. */
  public String busyReason() {
    return draining ? "the node is stopping" : limits.overload();
  }

  /** Takes units from now on, also after a {@link #drain}. */
  public void open() {
    draining = false;
  }

  /** Takes nothing more until it is opened again, and gives back what waits. */
  public void drain() {
    draining = true;
    held.takeWaiting().forEach(waiting -> handBack(waiting.unit(), "the node is stopping"));
  }

  /**
   * Waits until nothing is here any more.
   *
   * @return whether that came to be within the time
   */
  public boolean awaitEmpty(long timeout, TimeUnit unit) throws InterruptedException {
    return held.awaitEmpty(unit.toNanos(timeout));
  }

  /** How many units run at once. */
  public int size() {
    return size;
  }

  /** How many units may run and wait here, together. */
  public int capacity() {
    return backlog.capacity();
  }

  /** The leases of every unit that is here. */
  public List<Lease> leases() {
    return held.leases();
  }

  /** These units are no longer this node's; where they run, their workers are killed. */
  public void drop(Collection<Long> ids) {
    held.drop(ids);
  }

  /**
   * No unit is this node's any more.
   *
   * @return how many there were
   */
  public int dropAll() {
    return held.dropAll();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        run(held.next());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(HeldUnit held) {
    var attempt = new Attempt(held, actions, pool, programs, timeLimits);
    var result = attempt.run();
    if (held.end()) {
      backlog.ended(result.time());
      results.add(result, this::capacity, this.held::acknowledged);
    } else {
      log.info("{} is no longer this node's; it was ended", result.lease());
    }
  }
}
