package org.cloudcrowd.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.action.Action;
import org.cloudcrowd.assets.AssetStore;
import org.cloudcrowd.assets.InputFetcher;
import org.cloudcrowd.protocol.worker.ToolLimits;
import org.cloudcrowd.protocol.worker.UnitAnswer;
import org.cloudcrowd.protocol.worker.UnitOrder;
import org.cloudcrowd.protocol.worker.WorkerBeat;
import org.cloudcrowd.protocol.worker.WorkerReady;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;

/**
 * Makes one attempt after the other, as the node orders them.
 *
 * <p>It becomes active when its action is there, which is when the worker is ready.
 */
@Component(
    service = UnitLoop.class,
    immediate = true,
    configurationPid = UnitLoop.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class UnitLoop {
  static final String PID = "org.cloudcrowd.worker";

  /** A result travels in one piece, with others. */
  private static final int MAX_ANSWER_BYTES = 16 << 20;

  private final NodeChannel node;
  private final StageRunner stages;
  private final Printed printed = Printed.toStandardError();
  private volatile UnitOrder running;

  /** What {@link Setup} writes. */
  public @interface Configuration {
    /** Where the directories of attempts are made. */
    String directory();

    /** Where the downloads lie that units of a job share. */
    String sharedInputs();

    /** As {@link ToolLimits#minutes}. */
    int toolMinutes();

    /** As {@link ToolLimits#memoryMegabytes}. */
    int toolMemoryMegabytes();

    /** As {@link ToolLimits#fileMegabytes}. */
    int toolFileMegabytes();
  }

  /** Says that the worker is ready, and begins to read orders. */
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

  /**
   * Whatever an action does to this thread or this JVM, its next unit is taken as its first was.
   */
  private void runUnits() {
    var state = new JvmState(printed);
    while (true) {
      try {
        answer(node.read(UnitOrder.class));
        state.restore();
      } catch (InterruptedException e) {
        // Something that an action left behind has interrupted this thread, while it has no unit.
        state.restore();
      } catch (Throwable e) {
        // There is no going on: the order cannot be understood, the answer cannot be written, or
        // the JVM cannot be made what it was. The node starts another worker.
        System.err.println("This worker ends: " + e);
        NodeChannel.endProcess();
      }
    }
  }

  private void answer(UnitOrder order) throws IOException {
    running = order;
    var answer = bounded(stages.run(order));
    var complete = answer.withPrinted(printed.end(order.endOfPrint()));
    // Before the answer, lest a beat that comes after it claims that the unit runs still.
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
          node.write(new WorkerBeat(order.workUnitId(), order.attempt()));
        }
      }
    } catch (IOException e) {
      // Nobody is left to hear it.
      NodeChannel.endProcess();
    } catch (InterruptedException e) {
      System.err.println("This worker ends: an action has interrupted its heartbeat");
      NodeChannel.endProcess();
    }
  }
}
