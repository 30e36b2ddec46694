package org.cloudcrowd.node.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.node.AttemptLog;
import org.cloudcrowd.protocol.node.FailureReason;
import org.cloudcrowd.protocol.node.ResultReport;
import org.cloudcrowd.protocol.unit.Lease;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports results to the server, and repeats a report until the server has answered it.
 *
 * <p>A result is reported at once where none was reported just before. Results that come while a
 * report is under way, or within a few milliseconds after it was sent, go together in the next;
 * after a report of several, the next waits somewhat longer. So batches grow with the load, since
 * each costs the server a transaction, and a single result does not wait.
 */
@Component(service = ResultReporter.class)
public final class ResultReporter {
  private static final Logger log = LoggerFactory.getLogger(ResultReporter.class);
  private static final int MAX_BATCH = 256;
  private static final long NANOS_AFTER_ONE = 5_000_000;
  private static final long NANOS_AFTER_SEVERAL = 25_000_000;
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2000;

  private final ServerLink server;
  private final NodeIdentity identity;
  private final BlockingQueue<Pending> pending = new LinkedBlockingQueue<>();
  private final Thread thread;

  private record Pending(
      ResultReport.Result result,
      AttemptLog log,
      IntSupplier capacity,
      Consumer<Collection<Lease>> heard) {}

  @Activate
  public ResultReporter(@Reference ServerLink server, @Reference NodeIdentity identity) {
    this.server = server;
    this.identity = identity;
    thread = new Thread(this::run, "results");
    thread.start();
  }

  /** Stops reporting. Units whose result was not reported are run again by another node. */
  @Deactivate
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }

  /**
   * Reports a result.
   *
   * @param log what its attempt printed, or null where that is nothing
   * @param capacity supplies how many units the node may hold, when the report is made
   * @param heard receives the lease once the server has answered, whatever the answer
   */
  public void add(
      ResultReport.Result result,
      AttemptLog log,
      IntSupplier capacity,
      Consumer<Collection<Lease>> heard) {
    pending.add(new Pending(result, log, capacity, heard));
  }

  private void awaitCompany(long nanos) throws InterruptedException {
    if (nanos > 0 && pending.size() < MAX_BATCH) {
      TimeUnit.NANOSECONDS.sleep(nanos);
    }
  }

  private void run() {
    long nextAt = System.nanoTime();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        var batch = new ArrayList<Pending>();
        batch.add(pending.take());
        awaitCompany(nextAt - System.nanoTime());
        pending.drainTo(batch, MAX_BATCH - 1);
        nextAt = System.nanoTime() + (batch.size() == 1 ? NANOS_AFTER_ONE : NANOS_AFTER_SEVERAL);
        report(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void report(List<Pending> batch) throws InterruptedException {
    try {
      send(report(batch, batch.stream().map(Pending::result).toList()), batch.size());
    } catch (ServerLink.RefusedException e) {
      if (batch.size() > 1) {
        int half = batch.size() / 2;
        report(batch.subList(0, half));
        report(batch.subList(half, batch.size()));
        return;
      }
      failAlone(batch.get(0), e.getMessage());
    }
    batch.forEach(one -> one.heard().accept(List.of(one.result().lease())));
  }

  private ResultReport report(List<Pending> batch, List<ResultReport.Result> results) {
    return new ResultReport(
        identity.name(),
        batch.get(0).capacity().getAsInt(),
        results,
        batch.stream().map(Pending::log).filter(Objects::nonNull).toList());
  }

  /** Turns a result that the server will never accept into a failure of the attempt. */
  private void failAlone(Pending one, String why) throws InterruptedException {
    var result = one.result();
    log.warn("The result of {} is refused by the server: {}", result.lease(), why);
    var failed =
        new ResultReport.Result(
            result.lease(),
            result.stage(),
            Status.FAILED,
            null,
            FailureReason.FAILED,
            "the server refuses the result of this attempt: " + why,
            result.worker(),
            null,
            result.time());
    try {
      var alone = new Pending(failed, null, one.capacity(), one.heard());
      send(report(List.of(alone), List.of(failed)), 1);
    } catch (ServerLink.RefusedException e) {
      log.error("{} can neither be reported nor fail: {}", result.lease(), e.getMessage());
    }
  }

  /** Sends a report until a server answers. */
  private void send(ResultReport report, int size)
      throws InterruptedException, ServerLink.RefusedException {
    for (long pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
      try {
        var rejected = new HashSet<>(server.report(report).rejected());
        report.results().stream()
            .map(ResultReport.Result::lease)
            .filter(lease -> rejected.contains(lease.unitId()))
            .forEach(lease -> log.info("The result of {} came too late", lease));
        return;
      } catch (ServerLink.RefusedException e) {
        throw e;
      } catch (RuntimeException e) {
        // Later results must not wait for ever.
        log.error("{} result(s) cannot be reported", size, e);
        return;
      } catch (IOException e) {
        log.debug("{} result(s) wait for the server: {}", size, e.getMessage());
        TimeUnit.MILLISECONDS.sleep(pause);
      }
    }
  }
}
