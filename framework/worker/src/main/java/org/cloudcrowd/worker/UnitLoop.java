package org.cloudcrowd.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.cloudcrowd.action.Action;
import org.cloudcrowd.assets.AssetStore;
import org.cloudcrowd.assets.InputFetcher;
import org.cloudcrowd.protocol.worker.UnitOrder;
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

  private final NodeChannel node;
  private final StageRunner stages;
  private final Printed printed;

  /** What {@link Setup} writes. */
  public @interface Configuration {
    /** Where the directories of attempts are made. */
    String directory();

    /** Where the downloads lie that units of a job share. */
    String sharedInputs();
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
    this.node = node;
    this.printed = Printed.install();
    this.stages =
        new StageRunner(
            action,
            new Surroundings(
                Path.of(configuration.directory()),
                Path.of(configuration.sharedInputs()),
                fetcher,
                assets::save));
    node.write(new WorkerReady(ProcessHandle.current().pid(), null));
    var runner = new Thread(this::runUnits, "units");
    runner.setDaemon(true);
    runner.start();
  }

  private void runUnits() {
    try {
      while (true) {
        answer(node.read(UnitOrder.class));
      }
    } catch (IOException e) {
      System.err.println("The node's orders cannot be understood: " + e.getMessage());
      NodeChannel.endProcess();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(UnitOrder order) {
    try {
      var answer = stages.run(order);
      node.write(answer.withPrinted(printed.end(order.endOfPrint())));
    } catch (IOException e) {
      // Nobody is left to hear the answer.
      throw new UncheckedIOException(e);
    }
  }
}
