package org.cloudcrowd.node.workers;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.io.file.PathUtils;
import org.cloudcrowd.node.NodeConfiguration;
import org.cloudcrowd.node.NodeDirectories;
import org.cloudcrowd.node.NodeSettings;
import org.cloudcrowd.node.actions.InstalledAction;
import org.cloudcrowd.node.actions.InstalledActions;
import org.cloudcrowd.node.processes.AttemptFailure;
import org.cloudcrowd.node.processes.MemoryLimit;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.node.FailureReason;
import org.cloudcrowd.protocol.worker.ToolLimits;
import org.cloudcrowd.protocol.worker.WorkerSetup;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps worker processes, at most as many as units may run at once.
 *
 * <p>A worker belongs to one action bundle at one version. It is used again until it has run its
 * number of units, was idle too long, its action has changed, or its slot is needed for another
 * action. One worker of each action is kept warm, so that a unit does not wait for a start.
 */
@Component(service = WorkerPool.class)
public final class WorkerPool {
  private static final Logger log = LoggerFactory.getLogger(WorkerPool.class);
  private static final int TEND_EVERY_MILLIS = 1000;
  static final int WATCH_EVERY_MILLIS = 500;
  private static final int CLOSE_SECONDS = 5;

  private final InstalledActions actions;
  private final SharedConfiguration shared;
  private final int configuredSize;
  private final int maxUnits;
  private final long maxIdleNanos;
  private final int startSeconds;
  private final MemoryLimit memory;
  private final ToolLimits tools;
  private final NodeDirectories directories;
  private final WorkerCommand.Factory commands;
  private final ObjectMapper json = WireJson.newMapper();
  private final AtomicInteger numbers = new AtomicInteger();
  private final Set<Worker> all = ConcurrentHashMap.newKeySet();
  private final Set<CompletableFuture<Void>> ends = ConcurrentHashMap.newKeySet();
  private final Deque<Worker> idle = new ArrayDeque<>();
  private final ScheduledExecutorService tending = Executors.newSingleThreadScheduledExecutor();

  /** A thread of its own, since starting a worker waits until the worker is ready. */
  private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();

  private final Runnable unsubscribe;
  private int slots;
  private int size;
  private boolean closed;

  @Activate
  public WorkerPool(
      @Reference NodeSettings settings,
      BundleContext context,
      @Reference InstalledActions actions,
      @Reference ConfigurationAdmin configurations)
      throws IOException {
    var configuration = settings.configuration();
    this.actions = actions;
    shared = new SharedConfiguration(configurations);
    configuredSize = size(configuration);
    size = configuredSize;
    maxUnits = configuration.worker_max__units();
    maxIdleNanos = TimeUnit.SECONDS.toNanos(configuration.worker_idle__seconds());
    startSeconds = configuration.worker_start__seconds();
    memory =
        new MemoryLimit(
            "the worker and the programs that it ran",
            "worker.max_memory_megabytes",
            configuration.worker_max__memory__megabytes());
    tools =
        new ToolLimits(
            configuration.worker_tool__minutes(),
            configuration.worker_tool__memory__megabytes(),
            configuration.worker_tool__file__megabytes());
    directories = NodeDirectories.of(configuration);
    for (Path left :
        List.of(
            directories.workers(),
            directories.bundles(),
            directories.work(),
            directories.inputs())) {
      remove(left);
    }
    Files.createDirectories(directories.work());
    commands =
        new WorkerCommand.Factory(
            context, directories.bundles(), configuration.worker_memory__megabytes());
    unsubscribe = actions.onChange(() -> tending.execute(this::tend));
    var unused =
        tending.scheduleWithFixedDelay(this::tend, 0, TEND_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    unused =
        watch.scheduleWithFixedDelay(this::watch, 0, WATCH_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static int size(NodeConfiguration configuration) {
    return configuration.max__workers() > 0
        ? configuration.max__workers()
        : Runtime.getRuntime().availableProcessors();
  }

  /** Ends every worker, and waits until their directories are deleted. */
  @Deactivate
  public void close() throws InterruptedException {
    unsubscribe.run();
    synchronized (this) {
      closed = true;
      idle.clear();
    }
    all.forEach(Worker::kill);
    tending.shutdownNow();
    watch.shutdownNow();
    var unused = tending.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    try {
      CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
          .get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      log.warn("{} worker(s) did not end within {} s of being killed", all.size(), CLOSE_SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many workers there may be at once, which is the number of slots. */
  public synchronized int size() {
    return size;
  }

  /**
   * Changes how many workers there may be.
   *
   * @param wanted from 1, or null for as many as are configured
   * @return how many there may be now
   */
  public synchronized int resize(Integer wanted) {
    int changed = wanted == null ? configuredSize : wanted;
    if (changed != size) {
      log.info("Up to {} work unit(s) run at once from now on; it were {}", changed, size);
      size = changed;
      while (slots > size && !idle.isEmpty()) {
        retire(idle.removeLast());
      }
    }
    return size;
  }

  Collection<Worker> workers() {
    return List.copyOf(all);
  }

  /** The process ids of the workers. */
  public Collection<Long> pids() {
    return all.stream().map(Worker::pid).sorted().toList();
  }

  /**
   * Returns a worker of this action, a warm one if there is any.
   *
   * @throws AttemptFailure if none could be started
   */
  public Worker acquire(InstalledAction action) throws AttemptFailure {
    synchronized (this) {
      var warm =
          idle.stream()
              .filter(worker -> worker.action().equals(action) && worker.isAlive())
              .findFirst();
      if (warm.isPresent()) {
        idle.remove(warm.get());
        return warm.get();
      }
      takeSlot();
    }
    return start(action);
  }

  /** Takes a free slot, or that of the worker that was idle longest. */
  private void takeSlot() throws AttemptFailure {
    if (closed) {
      throw stopping();
    }
    if (slots >= size && !idle.isEmpty()) {
      retire(idle.removeLast());
    }
    slots++;
  }

  private static AttemptFailure stopping() {
    return new AttemptFailure(FailureReason.HANDED_BACK, "the node is stopping");
  }

  private Worker start(InstalledAction action) throws AttemptFailure {
    Worker worker = null;
    boolean ready = false;
    try {
      var own = directories.workers().resolve(Integer.toString(numbers.incrementAndGet()));
      worker = new Worker(action, commands.of(action, own), setup(action), json);
      var started = worker;
      keep(started, own);
      var late = watch.schedule(started::kill, startSeconds, TimeUnit.SECONDS);
      started.awaitReady();
      late.cancel(false);
      ready = true;
      return started;
    } catch (RejectedExecutionException e) {
      throw stopping();
    } catch (IOException e) {
      throw new AttemptFailure(
          FailureReason.WORKER_DIED,
          "a worker for " + action.name() + " cannot be started: " + e.getMessage(),
          e);
    } finally {
      if (!ready) {
        if (worker != null) {
          worker.kill();
        }
        freeSlot();
      }
    }
  }

  private synchronized void keep(Worker worker, Path own) {
    all.add(worker);
    ends.add(worker.onEnd(() -> ended(worker, own)));
    ends.removeIf(CompletableFuture::isDone);
    if (closed) {
      worker.kill();
    }
  }

  private void ended(Worker worker, Path own) {
    all.remove(worker);
    try {
      remove(own);
    } catch (IOException e) {
      log.warn("The directory {} of a worker cannot be removed: {}", own, e.toString());
    }
  }

  /** Returns a worker whose unit has ended to the pool. */
  public synchronized void release(Worker worker) {
    if (closed
        || !worker.isAlive()
        || worker.unitsRun() >= maxUnits
        || slots > size
        || !actions.isCurrent(worker.action())) {
      retire(worker);
    } else {
      idle.addFirst(worker);
    }
  }

  private synchronized void retire(Worker worker) {
    slots--;
    worker.dismiss();
  }

  private synchronized void freeSlot() {
    slots--;
  }

  private void watch() {
    for (Worker worker : all) {
      try {
        worker.watch();
        memory.hold(worker);
      } catch (RuntimeException e) {
        log.error("Worker {} cannot be watched", worker.pid(), e);
      }
    }
  }

  /** Ends workers that are no longer needed, and keeps one of each action warm. */
  private void tend() {
    try {
      synchronized (this) {
        var kept = new HashMap<InstalledAction, Integer>();
        for (Worker worker : List.copyOf(idle)) {
          boolean first = kept.merge(worker.action(), 1, Integer::sum) == 1;
          boolean idleTooLong = !first && worker.idleNanos() > maxIdleNanos;
          if (idleTooLong || !worker.isAlive() || !actions.isCurrent(worker.action())) {
            idle.remove(worker);
            retire(worker);
          }
        }
      }
      for (InstalledAction action : actions.all()) {
        if (action.program() == null) {
          warm(action);
        }
      }
    } catch (RuntimeException e) {
      log.error("The workers cannot be tended", e);
    }
  }

  private void warm(InstalledAction action) {
    synchronized (this) {
      if (closed || slots >= size || all.stream().anyMatch(w -> w.action().equals(action))) {
        return;
      }
      slots++;
    }
    try {
      release(start(action));
    } catch (AttemptFailure e) {
      if (!isClosed()) {
        log.warn("No worker of {} can be kept warm: {}", action.name(), e.getMessage());
      }
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private WorkerSetup setup(InstalledAction action) throws IOException {
    return new WorkerSetup(
        action.name(),
        directories.work().toString(),
        directories.inputs().toString(),
        tools,
        shared.values());
  }

  private static void remove(Path directory) throws IOException {
    if (Files.exists(directory)) {
      PathUtils.deleteDirectory(directory);
    }
  }
}
