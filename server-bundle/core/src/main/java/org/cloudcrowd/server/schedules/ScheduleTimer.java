package org.cloudcrowd.server.schedules;

import java.time.Duration;
import org.cloudcrowd.server.health.TimedLoop;
import org.cloudcrowd.server.health.WorkLoops;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Runs the due schedules every second. */
@Component(service = ScheduleTimer.class, immediate = true)
public final class ScheduleTimer {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int AT_ONCE = 100;

  private final TimedLoop loop;

  @Activate
  public ScheduleTimer(@Reference ScheduleService schedules, @Reference WorkLoops loops) {
    loop =
        new TimedLoop(loops, "Schedules have not been run", PAUSE, () -> schedules.runDue(AT_ONCE));
  }

  @Deactivate
  public void stop() throws InterruptedException {
    loop.stop();
  }
}
