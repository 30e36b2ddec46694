package org.cloudcrowd.store.jpa.service;

import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.cloudcrowd.shell.CommandRefusedException;
import org.cloudcrowd.shell.Table;
import org.cloudcrowd.store.WorkQueries;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shell commands that show the store. */
@Component(service = StoreShellCommands.class)
@GogoCommand(scope = "crowd", function = "store")
public final class StoreShellCommands {
  private static final String STATUS = "status";

  private final Database database;
  private final WorkQueries queries;

  @Activate
  public StoreShellCommands(@Reference Database database, @Reference WorkQueries queries) {
    this.database = database;
    this.queries = queries;
  }

  /** Prints the state of the store. */
  @Descriptor("shows how the store is: store status")
  public Table store(@Descriptor("status") String what) {
    if (!what.equals(STATUS)) {
      throw new CommandRefusedException("the store has no '" + what + "'; try: store status");
    }
    var open = queries.openWork();
    long free = database.engine().freeMegabytes();
    var table =
        new Table("what", "is")
            .row("database", database.engine().description())
            .row("schema", database.schemaVersion())
            .row("connections", database.connections())
            .row("time", database.clock().instant())
            .row("open jobs", open.jobs())
            .row("open work units", open.units());
    return free == Long.MAX_VALUE ? table : table.row("free MiB", free);
  }
}
