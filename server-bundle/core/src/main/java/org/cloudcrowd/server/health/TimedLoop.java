package org.cloudcrowd.server.health;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a pass over the store periodically, on a thread of its own, until it is stopped. */
public final class TimedLoop {
  private static final Logger log = LoggerFactory.getLogger(TimedLoop.class);
  private static final int STOP_SECONDS = 10;

  private final WorkLoops loops;
  private final WorkLoop loop;
  private final String fault;
  private final Runnable pass;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  /**
   * Starts; the first pass runs after a period.
   *
   * @param fault the beginning of a sentence that says it is failing, as {@link WorkLoops#begin}
   *     takes it
   */
  public TimedLoop(WorkLoops loops, String fault, Duration pause, Runnable pass) {
    this.loops = loops;
    this.fault = fault;
    this.pass = pass;
    loop = loops.begin(fault, pause);
    var unused =
        timer.scheduleWithFixedDelay(
            this::run, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void run() {
    try {
      loop.run(pass);
    } catch (StoreException e) {
      // The sweep logs that the database is away.
      log.debug("{}", fault, e);
    } catch (RuntimeException e) {
      // The timer would not call again.
      log.error("{}; this is tried again", fault, e);
    }
  }

  /** Ends after the pass that is under way: an interrupt would break Derby's files. */
  public void stop() throws InterruptedException {
    timer.shutdown();
    var unused = timer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    loops.end(loop);
  }
}
