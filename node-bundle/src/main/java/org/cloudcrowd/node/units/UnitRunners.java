package org.cloudcrowd.node.units;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.file.PathUtils;
import org.cloudcrowd.node.NodeDirectories;
import org.cloudcrowd.node.NodeSettings;
import org.cloudcrowd.node.actions.InstalledActions;
import org.cloudcrowd.node.processes.DirectoryLimit;
import org.cloudcrowd.node.programs.ProgramRunner;
import org.cloudcrowd.node.server.NodeIdentity;
import org.cloudcrowd.node.server.ResultReporter;
import org.cloudcrowd.node.server.ServerLink;
import org.cloudcrowd.node.workers.WorkerPool;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.node.AttemptLog;
import org.cloudcrowd.protocol.node.Dispatch;
import org.cloudcrowd.protocol.node.DispatchReply;
import org.cloudcrowd.protocol.node.UnitInWorker;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.protocol.unit.UnitOrder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the units that the server sends, each in a worker, as many at once as there are slots. */
@Component(service = UnitRunners.class)
public final class UnitRunners {
  private static final Logger log = LoggerFactory.getLogger(UnitRunners.class);
  private static final int CHARACTERS_PER_KILOBYTE = 1024;
  private static final int TELL_LOGS_SECONDS = 1;
  private static final int LOOK_AT_INPUTS_SECONDS = 10;
  private static final int LOOK_AT_DIRECTORIES_SECONDS = 1;

  private final InstalledActions actions;
  private final WorkerPool pool;
  private final ProgramRunner programs;
  private final MachineLimits limits;
  private final ServerLink server;
  private final NodeDirectories directories;
  private final DirectoryLimit directoryLimit;
  private final HeldUnits held;
  private final Prefetch prefetch;
  private final Slots slots = new Slots();
  private final ResultReporter results;
  private final ScheduledExecutorService timeouts = Executors.newSingleThreadScheduledExecutor();

  /** A thread of its own, since deleting may take long. */
  private final ScheduledExecutorService disk = Executors.newSingleThreadScheduledExecutor();

  /** A thread of its own, since it waits for the server. */
  private final ScheduledExecutorService logs = Executors.newSingleThreadScheduledExecutor();

  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean draining;

  @Activate
  public UnitRunners(
      @Reference NodeSettings settings,
      @Reference InstalledActions actions,
      @Reference WorkerPool pool,
      @Reference ProgramRunner programs,
      @Reference MachineLimits limits,
      @Reference ServerLink server,
      @Reference NodeIdentity identity,
      @Reference ResultReporter results) {
    var configuration = settings.configuration();
    this.actions = actions;
    this.pool = pool;
    this.programs = programs;
    this.limits = limits;
    this.server = server;
    this.results = results;
    directories = NodeDirectories.of(configuration);
    directoryLimit = new DirectoryLimit(configuration.worker_max__directory__megabytes());
    held = new HeldUnits(configuration.log__kilobytes() * CHARACTERS_PER_KILOBYTE);
    var inputs = new SharedInputs(directories.inputs(), held::jobs);
    var unused =
        disk.scheduleWithFixedDelay(
            inputs::sweep, LOOK_AT_INPUTS_SECONDS, LOOK_AT_INPUTS_SECONDS, TimeUnit.SECONDS);
    if (configuration.log__kilobytes() > 0) {
      var liveLogs = new LiveLogs(server, identity, held);
      unused =
          logs.scheduleWithFixedDelay(
              liveLogs::tell, TELL_LOGS_SECONDS, TELL_LOGS_SECONDS, TimeUnit.SECONDS);
    }
    if (directoryLimit.isSet()) {
      unused =
          disk.scheduleWithFixedDelay(
              this::holdDirectoryLimit,
              LOOK_AT_DIRECTORIES_SECONDS,
              LOOK_AT_DIRECTORIES_SECONDS,
              TimeUnit.SECONDS);
    }
    prefetch = new Prefetch(pool.size());
    grow(pool.size());
  }

  /**
   * Changes the number of slots. Where more units run, they end first.
   *
   * @param wanted from 1, or null for as many as are configured
   */
  public void resize(Integer wanted) {
    int size = pool.resize(wanted);
    prefetch.resize(size);
    grow(size);
  }

  /** Threads are not stopped where there are more of them than slots. */
  private synchronized void grow(int size) {
    slots.resize(size);
    for (int i = threads.size() + 1; i <= size; i++) {
      var thread = new Thread(this::run, "unit-runner-" + i);
      thread.start();
      threads.add(thread);
    }
  }

  /** Kills running units; their leases are handed back when the node leaves. */
  @Deactivate
  public void close() throws InterruptedException {
    var all = threads();
    all.forEach(Thread::interrupt);
    held.revokeAll();
    for (Thread thread : all) {
      thread.join();
    }
    timeouts.shutdownNow();
    disk.shutdownNow();
    logs.shutdownNow();
  }

  private synchronized List<Thread> threads() {
    return List.copyOf(threads);
  }

  /** Takes the units for which there is room, and rejects the rest. */
  public DispatchReply take(Dispatch dispatch) {
    return held.take(
        dispatch.units(),
        server.exposure(dispatch.loopback()),
        busyReason() == null ? capacity() : 0);
  }

  /** Takes a unit if a worker can begin it at once; returns whether it did. */
  public boolean takeAlone(UnitOrder unit) {
    return !held.take(List.of(unit), server.exposure(false), busyReason() == null ? size() : 0)
        .accepted()
        .isEmpty();
  }

  /** Takes the units for which there is room, and hands the rest back by results. */
  public void takeOrHandBack(Dispatch dispatch) {
    var rejected = new HashSet<>(take(dispatch).rejected());
    dispatch.units().stream()
        .filter(unit -> rejected.contains(unit.lease().unitId()))
        .forEach(unit -> handBack(unit, "the node has no room for it"));
  }

  private void handBack(UnitOrder unit, String why) {
    results.add(AttemptExecution.handedBack(unit, why), null, this::capacity, held::acknowledged);
  }

  /** Why the node takes nothing now, or null. */
  public String busyReason() {
    return draining ? "the node is stopping" : limits.overload();
  }

  /** Takes units from now on, also after a {@link #drain}. */
  public void open() {
    draining = false;
  }

  /** Takes no more units until it is opened again, and hands back those that wait. */
  public void drain() {
    draining = true;
    held.takeWaiting().forEach(waiting -> handBack(waiting.unit(), "the node is stopping"));
  }

  /**
   * Waits until no unit is left.
   *
   * @return whether none is left
   */
  public boolean awaitEmpty(long timeout, TimeUnit unit) throws InterruptedException {
    return held.awaitEmpty(unit.toNanos(timeout));
  }

  /** How many units run at once. */
  public int size() {
    return pool.size();
  }

  /** How many units may run and wait here, together. */
  public int capacity() {
    return prefetch.capacity();
  }

  /** The leases of all units. */
  public List<Lease> leases() {
    return held.leases();
  }

  /** The processes of running units. */
  public List<UnitInWorker> inWorkers() {
    return held.inWorkers();
  }

  /** Revokes leases: their units are removed, and the workers of running ones are killed. */
  public void revoke(Collection<Lease> revokedLeases) {
    held.revoke(revokedLeases);
  }

  /**
   * Revokes all leases, and kills the workers of running units.
   *
   * @return how many there were
   */
  public int revokeAll() {
    return held.revokeAll();
  }

  private void holdDirectoryLimit() {
    for (HeldUnit unit : held.running()) {
      var lease = unit.unit().lease();
      try {
        var running = unit.running();
        if (running != null) {
          directoryLimit.hold(running, directories.ofAttempt(lease.unitId(), lease.attempt()));
        }
      } catch (RuntimeException e) {
        log.error("The work directory of {} cannot be watched", lease, e);
      }
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        runGuarded(held.next());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A runner that ended would leave its slot unused for good. */
  private void runGuarded(HeldUnit next) throws InterruptedException {
    try {
      runInSlot(next);
    } catch (RuntimeException | Error e) {
      log.error("The end of {} could not be reported; its lease ends", next.unit().lease(), e);
    }
  }

  private void runInSlot(HeldUnit next) throws InterruptedException {
    slots.take();
    try {
      run(next);
    } finally {
      slots.give();
    }
  }

  private void run(HeldUnit held) {
    var attempt = new AttemptExecution(held, actions, pool, programs, timeouts);
    var result = attempt.run();
    if (result.status() == Status.FAILED) {
      removeWorkDirectory(result.lease());
    }
    if (held.end()) {
      prefetch.ended(result.time());
      results.add(result, log(held), this::capacity, this.held::acknowledged);
    } else {
      log.info("{} is no longer this node's; it was ended", result.lease());
    }
  }

  /** A killed worker has left it behind. */
  private void removeWorkDirectory(Lease lease) {
    var directory = directories.ofAttempt(lease.unitId(), lease.attempt());
    try {
      if (Files.exists(directory)) {
        PathUtils.deleteDirectory(directory);
      }
    } catch (IOException e) {
      log.warn(
          "The work directory {} cannot be removed before the next start: {}",
          directory,
          e.toString());
    }
  }

  /** What the unit printed, or null where it printed nothing. */
  private static AttemptLog log(HeldUnit held) {
    long printed = held.log().printed();
    var text = printed == 0 ? "" : held.log().text();
    return text.isEmpty() ? null : new AttemptLog(held.unit().lease(), printed, text);
  }
}
