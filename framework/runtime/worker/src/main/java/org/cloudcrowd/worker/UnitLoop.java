package org.cloudcrowd.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.action.Action;
import org.cloudcrowd.assets.AssetStore;
import org.cloudcrowd.assets.InputFetcher;
import org.cloudcrowd.protocol.worker.ToolLimits;
import org.cloudcrowd.protocol.worker.UnitAnswer;
import org.cloudcrowd.protocol.worker.WorkerBeat;
import org.cloudcrowd.protocol.worker.WorkerOrder;
import org.cloudcrowd.protocol.worker.WorkerReady;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;

/**
 * Runs one attempt after the other, as the node orders them.
 *
 * <p>It is activated when its action is registered, which is when the worker is ready.
 */
@Component(
    service = UnitLoop.class,
    immediate = true,
    configurationPid = UnitLoop.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class UnitLoop {
  static final String PID = "org.cloudcrowd.worker";

  /** The longest output: a result is sent in one message, with others. */
  private static final int MAX_ANSWER_BYTES = 16 << 20;

  private final NodeChannel node;
  private final StageRunner stages;
  private final Printed printed = Printed.toStandardError();
  private volatile WorkerOrder running;

  /** The configuration that {@link Setup} writes. */
  public @interface Configuration {
    /** The directory of the work directories of attempts. */
    String directory();

    /** The directory of downloads that units of a job share. */
    String sharedInputs();

    /** As {@link ToolLimits#minutes}. */
    int toolMinutes();

    /** As {@link ToolLimits#memoryMegabytes}. */
    int toolMemoryMegabytes();

    /** As {@link ToolLimits#fileMegabytes}. */
    int toolFileMegabytes();
  }

  /** Sends that the worker is ready, and starts to read orders. */
  @Activate
  public UnitLoop(
      Configuration configuration,
      @Reference NodeChannel node,
      @Reference InputFetcher fetcher,
      @Reference AssetStore assets,
      @Reference(name = "action", target = "(" + Constants.SERVICE_ID + "=-1)") Action action)
      throws IOException {
    this(
        node,
        new StageRunner(
            action,
            new WorkerEnvironment(
                Path.of(configuration.directory()),
                Path.of(configuration.sharedInputs()),
                new ToolLimits(
                    configuration.toolMinutes(),
                    configuration.toolMemoryMegabytes(),
                    configuration.toolFileMegabytes()),
                fetcher,
                assets::save)));
    node.write(new WorkerReady(ProcessHandle.current().pid(), null));
    start(this::runUnits, "units");
    start(this::tellWhatRuns, "beats");
  }

  UnitLoop(NodeChannel node, StageRunner stages) {
    this.node = node;
    this.stages = stages;
  }

  private static void start(Runnable work, String name) {
    var thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Restores this thread and JVM before each unit, whatever an action did to them. */
  private void runUnits() {
    var state = new JvmState(printed);
    while (true) {
      try {
        answer(node.read(WorkerOrder.class));
        state.restore();
      } catch (InterruptedException e) {
        // A thread that an action left behind has interrupted this one between units.
        state.restore();
      } catch (Throwable e) {
        // The order cannot be read, the answer cannot be written, or the JVM cannot be restored:
        // the process ends, and the node starts another worker.
        System.err.println("This worker ends: " + e);
        NodeChannel.endProcess();
      }
    }
  }

  private void answer(WorkerOrder order) throws IOException {
    running = order;
    var answer = bounded(stages.run(order));
    var complete = answer.withPrinted(printed.end(order.endOfPrint()));
    // Before the answer, so that no beat for the unit follows it.
    running = null;
    node.write(complete);
  }

  private UnitAnswer bounded(UnitAnswer answer) throws IOException {
    return answer.output() == null || node.sizeOf(answer.output()) <= MAX_ANSWER_BYTES
        ? answer
        : new UnitAnswer(
            answer.workUnitId(),
            null,
            "the action returned more than "
                + (MAX_ANSWER_BYTES >> 20)
                + " MiB; it may save that as a file, and return the file's URL",
            answer.seconds(),
            false);
  }

  private void tellWhatRuns() {
    try {
      while (true) {
        TimeUnit.SECONDS.sleep(WorkerBeat.EVERY_SECONDS);
        var order = running;
        if (order != null) {
          node.write(new WorkerBeat(order.unit().lease().unitId(), order.unit().lease().attempt()));
        }
      }
    } catch (IOException e) {
      // The node is gone.
      NodeChannel.endProcess();
    } catch (InterruptedException e) {
      System.err.println("This worker ends: an action has interrupted its heartbeat");
      NodeChannel.endProcess();
    }
  }
}
