package org.cloudcrowd.node.units;

import java.util.Locale;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.node.actions.InstalledAction;
import org.cloudcrowd.node.actions.InstalledActions;
import org.cloudcrowd.node.processes.AttemptFailure;
import org.cloudcrowd.node.processes.RunningUnit;
import org.cloudcrowd.node.programs.Program;
import org.cloudcrowd.node.programs.ProgramRunner;
import org.cloudcrowd.node.workers.WorkerPool;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.node.FailureReason;
import org.cloudcrowd.protocol.node.ResultReport;
import org.cloudcrowd.protocol.unit.UnitOrder;
import org.cloudcrowd.protocol.worker.UnitAnswer;
import org.cloudcrowd.protocol.worker.WorkerOrder;
import org.osgi.framework.VersionRange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Executes an attempt at a unit: gets a worker, has it run the unit, and makes the result. */
final class AttemptExecution {
  private static final Logger log = LoggerFactory.getLogger(AttemptExecution.class);

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MILLIS_PER_SECOND = 1e3;

  private final HeldUnit held;
  private final UnitOrder unit;
  private final InstalledActions actions;
  private final WorkerPool pool;
  private final ProgramRunner programs;
  private final ScheduledExecutorService timeouts;
  private final long start = System.nanoTime();
  private long worker;
  private String version;

  AttemptExecution(
      HeldUnit held,
      InstalledActions actions,
      WorkerPool pool,
      ProgramRunner programs,
      ScheduledExecutorService timeouts) {
    this.held = held;
    this.unit = held.unit();
    this.actions = actions;
    this.pool = pool;
    this.programs = programs;
    this.timeouts = timeouts;
  }

  /** The result of a unit that was not begun. */
  static ResultReport.Result handedBack(UnitOrder unit, String why) {
    return new ResultReport.Result(
        unit.lease(),
        unit.stage(),
        Status.FAILED,
        null,
        FailureReason.HANDED_BACK,
        why,
        0,
        null,
        0);
  }

  ResultReport.Result run() {
    var correlation = unit.correlationId() == null ? "" : unit.correlationId();
    // What is logged for it here is found by its client.
    try (var unused = MDC.putCloseable("correlation_id", correlation)) {
      var answer = answer();
      return answer.failure() == null
          ? result(Status.SUCCEEDED, answer, null, null)
          : result(Status.FAILED, answer, FailureReason.FAILED, answer.failure());
    } catch (AttemptFailure e) {
      return result(Status.FAILED, null, e.reason(), e.getMessage());
    } catch (RuntimeException | Error e) {
      // The runner must go on; the unit gets another attempt.
      log.error("{} could not be run", unit.lease(), e);
      return result(
          Status.FAILED,
          null,
          FailureReason.WORKER_DIED,
          "the node could not run it; its log says why, at " + unit.lease());
    }
  }

  private UnitAnswer answer() throws AttemptFailure {
    var range = unit.version() == null ? null : new VersionRange(unit.version());
    var action = actions.find(unit.action(), range);
    if (action == null) {
      throw new AttemptFailure(
          FailureReason.HANDED_BACK,
          "the action "
              + unit.action()
              + (range == null ? "" : " " + range)
              + " is not installed on this node any more");
    }
    version = action.version().toString();
    return action.program() == null ? byWorker(action) : byProgram(action.program());
  }

  private UnitAnswer byWorker(InstalledAction action) throws AttemptFailure {
    var acquired = pool.acquire(action);
    try {
      var then = begin(acquired, acquired.pid(), unit.timeout());
      try {
        return acquired.run(new WorkerOrder(unit, held.exposure().name()), held.log());
      } finally {
        then.run();
      }
    } finally {
      pool.release(acquired);
    }
  }

  private UnitAnswer byProgram(Program program) throws AttemptFailure {
    var limit = shorter(unit.timeout(), programs.timeout(program));
    var output =
        programs.run(
            program,
            unit,
            held.exposure(),
            held.log(),
            (running, pid) -> begin(running, pid, limit));
    return new UnitAnswer(
        unit.lease().unitId(), output, null, (System.nanoTime() - start) / NANOS_PER_SECOND, false);
  }

  private static Double shorter(Double one, Double other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return Math.min(one, other);
  }

  /**
   * Records the process of the attempt, which may be killed from now on, and starts its timeout.
   *
   * @param seconds the timeout, or null for none
   * @return the task to run at its end
   */
  private Runnable begin(RunningUnit running, long pid, Double seconds) throws AttemptFailure {
    worker = pid;
    if (!held.begin(running, pid)) {
      throw new AttemptFailure(FailureReason.HANDED_BACK, "the unit was withdrawn");
    }
    if (seconds == null) {
      return () -> {};
    }
    var message =
        String.format(Locale.ROOT, "took longer than its timeout of %s s", shown(seconds));
    var limit =
        timeouts.schedule(
            () -> running.killPast(FailureReason.TIMED_OUT, message),
            (long) (seconds * MILLIS_PER_SECOND),
            TimeUnit.MILLISECONDS);
    return () -> limit.cancel(false);
  }

  private static String shown(double seconds) {
    return seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds);
  }

  private ResultReport.Result result(
      Status status, UnitAnswer answer, FailureReason reason, String message) {
    return new ResultReport.Result(
        unit.lease(),
        unit.stage(),
        status,
        answer == null ? null : answer.output(),
        reason,
        message,
        worker,
        version,
        answer == null ? (System.nanoTime() - start) / NANOS_PER_SECOND : answer.seconds());
  }
}
