package org.cloudcrowd.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
 * <p>It becomes active when its action is there, which is when the worker is ready. One thread
 * reads orders, another runs them, so that the end of the node is seen in the middle of a unit: the
 * process then ends, with every process that the unit started.
 */
@Component(
    service = UnitLoop.class,
    immediate = true,
    configurationPid = UnitLoop.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class UnitLoop {
  static final String PID = "org.cloudcrowd.worker";

  private final NodeChannel node;
  private final StageRunner runner;
  private final ExecutorService units = Executors.newSingleThreadExecutor();

  /** What {@link Setup} writes. */
  public @interface Configuration {
    /** Where the directories of attempts are made. */
    String directory();
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
    this.runner =
        new StageRunner(action, new Attempts(Path.of(configuration.directory()), fetcher, assets));
    node.write(new WorkerReady(ProcessHandle.current().pid(), null));
    var reader = new Thread(this::readOrders, "orders");
    reader.setDaemon(true);
    reader.start();
  }

  private void readOrders() {
    try {
      for (var order = node.read(UnitOrder.class);
          order != null;
          order = node.read(UnitOrder.class)) {
        var next = order;
        units.execute(() -> answer(next));
      }
    } catch (IOException e) {
      System.err.println("The node's orders cannot be read: " + e.getMessage());
    } finally {
      end();
    }
  }

  private void answer(UnitOrder order) {
    try {
      node.write(runner.run(order));
    } catch (IOException e) {
      // Nobody is left to hear the answer.
      throw new UncheckedIOException(e);
    }
  }

  /** Not {@link System#exit}: a shutdown hook of an action's could hold the process back. */
  private static void end() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().halt(0);
  }
}
