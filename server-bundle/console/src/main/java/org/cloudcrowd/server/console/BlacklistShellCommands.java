package org.cloudcrowd.server.console;

import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.cloudcrowd.server.BlockedActions;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.shell.CommandCompletion;
import org.cloudcrowd.shell.CommandRefusedException;
import org.cloudcrowd.shell.Table;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shell commands for the blacklist. */
@Component(service = BlacklistShellCommands.class)
@GogoCommand(
    scope = "crowd",
    function = {"blacklist", "unblacklist"})
@CommandCompletion(completion = {"blacklist=__actions", "unblacklist=__actions"})
public final class BlacklistShellCommands {
  private final BlockedActions actions;

  @Activate
  public BlacklistShellCommands(@Reference BlockedActions actions) {
    this.actions = actions;
  }

  /** Its entries. */
  @Descriptor("lists the actions whose work units wait")
  public Table blacklist() {
    var table = new Table("action", "since", "until");
    actions.all().forEach(entry -> table.row(entry.action(), entry.createdAt(), entry.expiresAt()));
    return table;
  }

  /** Puts an action on the list. */
  @Descriptor("has the work units of an action wait, and lists those that do")
  public Table blacklist(
      @Descriptor("when they go on by themselves, as 2026-11-25T18:00:00Z")
          @Parameter(
              names = {"-u", "--until"},
              absentValue = "")
          String until,
      @Descriptor("the action") String action) {
    try {
      actions.add(action, until);
      return blacklist();
    } catch (InvalidRequestException e) {
      throw new CommandRefusedException(e);
    }
  }

  /** Takes an action off the list. */
  @Descriptor("lets the work units of an action go on")
  public Table unblacklist(@Descriptor("the action") String action) {
    if (actions.remove(action) == null) {
      throw new CommandRefusedException("the action " + action + " is not on the blacklist");
    }
    return blacklist();
  }
}
