package org.cloudcrowd.cli.client;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.cloudcrowd.protocol.node.AdvertisedAction;
import org.cloudcrowd.shell.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the actions. */
@Command(
    name = "actions",
    description = "Lists what some live node can run, or shows the options of one action.",
    mixinStandardHelpOptions = true)
public final class ActionsCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private ServerOption server;

  @Parameters(
      paramLabel = "ACTION",
      arity = "0..1",
      description = "An action, whose options are shown as a JSON Schema.")
  private String name;

  @Option(names = "--json", description = "Prints the JSON and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var out = command.commandLine().getOut();
    var printer = new JobPrinter(out);
    if (name != null) {
      var action = server.client().action(name);
      if (json) {
        printer.json(action);
      } else {
        out.println(table(action));
        out.println(action.options() == null ? "" : action.options().toPrettyString());
        out.flush();
      }
      return 0;
    }
    var actions = server.client().actions();
    if (json) {
      printer.json(actions);
    } else {
      out.println(table(actions.toArray(AdvertisedAction[]::new)));
      out.flush();
    }
    return 0;
  }

  private static Table table(AdvertisedAction... actions) {
    var table = new Table("action", "version", "stages", "description");
    for (AdvertisedAction action : actions) {
      table.row(
          action.name(),
          action.version(),
          (action.splits() ? "split, " : "") + "process" + (action.merges() ? ", merge" : ""),
          action.description());
    }
    return table;
  }
}
