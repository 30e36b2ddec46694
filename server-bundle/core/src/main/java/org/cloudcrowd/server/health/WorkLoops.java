package org.cloudcrowd.server.health;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The loops without which this server accepts jobs and runs none. */
@Component(service = WorkLoops.class)
public final class WorkLoops {
  /** How long a loop may fail before the server is not ready. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final LongSupplier nanos;
  private final List<WorkLoop> loops = new CopyOnWriteArrayList<>();

  @Activate
  public WorkLoops() {
    this(System::nanoTime);
  }

  /**
   * Uses a given clock.
   *
   * @param nanos as {@link System#nanoTime}
   */
  public WorkLoops(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Registers a loop that starts now.
   *
   * @param fault the beginning of a sentence that says it is failing, such as "Work units have not
   *     been dispatched"
   * @param period how often it makes a pass at least
   */
  public WorkLoop begin(String fault, Duration period) {
    var loop = new WorkLoop(fault, period, nanos);
    loops.add(loop);
    return loop;
  }

  /** Removes a loop that has stopped, which is no fault. */
  public void end(WorkLoop loop) {
    loops.remove(loop);
  }

  /** A sentence for each loop that is failing. */
  public List<String> faults() {
    return loops.stream().map(WorkLoop::fault).filter(Objects::nonNull).toList();
  }
}
