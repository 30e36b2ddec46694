package org.cloudcrowd.node.workers;

import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.cloudcrowd.shell.Table;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shell commands that show the node's workers. */
@Component(service = WorkerShellCommands.class)
@GogoCommand(scope = "crowd", function = "workers")
public final class WorkerShellCommands {
  private final WorkerPool pool;

  @Activate
  public WorkerShellCommands(@Reference WorkerPool pool) {
    this.pool = pool;
  }

  /** The workers. */
  @Descriptor("lists the worker processes of this node")
  public Table workers() {
    var table = new Table("pid", "action", "version", "work units", "state", "idle seconds");
    pool.workers().stream()
        .sorted(Comparator.comparing(Worker::pid))
        .forEach(
            worker ->
                table.row(
                    worker.pid(),
                    worker.action().name(),
                    worker.version(),
                    worker.unitsRun(),
                    worker.isBusy() ? "busy" : "idle",
                    worker.isBusy() ? null : TimeUnit.NANOSECONDS.toSeconds(worker.idleNanos())));
    return table;
  }
}
