package org.cloudcrowd.node.units;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.cloudcrowd.node.NodeConfiguration;
import org.cloudcrowd.node.actions.InstalledActions;
import org.cloudcrowd.node.server.Results;
import org.cloudcrowd.node.workers.Worker;
import org.cloudcrowd.node.workers.WorkerFailure;
import org.cloudcrowd.node.workers.WorkerPool;
import org.cloudcrowd.protocol.server.Dispatch;
import org.cloudcrowd.protocol.server.DispatchReply;
import org.cloudcrowd.protocol.server.Lease;
import org.cloudcrowd.protocol.server.ResultReport;
import org.cloudcrowd.protocol.server.Status;
import org.cloudcrowd.protocol.worker.UnitAnswer;
import org.cloudcrowd.protocol.worker.UnitOrder;
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
  private final HeldUnits held = new HeldUnits();
  private final Backlog backlog;
  private final int size;
  private final Results results;
  private final List<Thread> threads = new ArrayList<>();

  /** Begins to wait for units. */
  @Activate
  public UnitRunners(
      NodeConfiguration configuration,
      @Reference InstalledActions actions,
      @Reference WorkerPool pool,
      @Reference Results results) {
    this.actions = actions;
    this.pool = pool;
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
  }

  /** Takes the units for which there is room, and refuses the rest. */
  public DispatchReply take(Collection<Dispatch.Unit> units) {
    return held.take(units, capacity());
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

  private void run(HeldUnit unit) {
    long start = System.nanoTime();
    UnitAnswer answer;
    try {
      answer = answer(unit);
    } catch (WorkerFailure e) {
      answer =
          new UnitAnswer(
              unit.unit().lease().workUnitId(),
              null,
              e.getMessage(),
              (System.nanoTime() - start) / 1e9);
    }
    if (unit.end()) {
      backlog.ended(answer.seconds());
      results.add(result(unit.unit(), answer), this::capacity, held::acknowledged);
    } else {
      log.info("{} is no longer this node's; it was ended", unit.unit().lease());
    }
  }

  private UnitAnswer answer(HeldUnit held) throws WorkerFailure {
    var unit = held.unit();
    var action = actions.find(unit.action());
    if (action == null) {
      throw new WorkerFailure("the action " + unit.action() + " is not installed on this node");
    }
    Worker worker = pool.acquire(action);
    try {
      if (!held.begin(worker)) {
        throw new WorkerFailure("the unit was withdrawn");
      }
      return worker.run(
          new UnitOrder(
              unit.lease().workUnitId(),
              unit.lease().attempt(),
              unit.jobId(),
              unit.action(),
              unit.stage(),
              unit.input(),
              unit.options()));
    } finally {
      pool.release(worker);
    }
  }

  private static ResultReport.Result result(Dispatch.Unit unit, UnitAnswer answer) {
    return new ResultReport.Result(
        unit.lease(),
        unit.stage(),
        answer.failure() == null ? Status.SUCCEEDED : Status.FAILED,
        answer.output(),
        answer.failure(),
        answer.seconds());
  }
}
