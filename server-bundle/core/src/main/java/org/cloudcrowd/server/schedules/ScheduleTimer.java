package org.cloudcrowd.server.schedules;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.server.health.WorkLoop;
import org.cloudcrowd.server.health.WorkLoops;
import org.cloudcrowd.store.StoreException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every second which schedules are due. */
@Component(service = ScheduleTimer.class, immediate = true)
public final class ScheduleTimer {
  private static final Logger log = LoggerFactory.getLogger(ScheduleTimer.class);
  private static final int EVERY_SECONDS = 1;
  private static final int AT_ONCE = 100;
  private static final int STOP_SECONDS = 10;

  private final ScheduleService schedules;
  private final WorkLoops loops;
  private final WorkLoop loop;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  /** Begins to look. */
  @Activate
  public ScheduleTimer(@Reference ScheduleService schedules, @Reference WorkLoops loops) {
    this.schedules = schedules;
    this.loops = loops;
    loop = loops.begin("Schedules have not been run", Duration.ofSeconds(EVERY_SECONDS));
    var unused =
        timer.scheduleWithFixedDelay(this::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /** Stops, after what is under way: an interrupt would break Derby's files. */
  @Deactivate
  public void stop() throws InterruptedException {
    timer.shutdown();
    var unused = timer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    loops.end(loop);
  }

  private void look() {
    try {
      loop.run(() -> schedules.runDue(AT_ONCE));
    } catch (StoreException e) {
      log.debug("Schedules wait for the database", e);
    } catch (RuntimeException e) {
      // The timer would never call again.
      log.error("Schedules could not be run; this is tried again", e);
    }
  }
}
