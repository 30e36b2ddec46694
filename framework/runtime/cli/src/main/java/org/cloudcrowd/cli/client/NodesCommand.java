package org.cloudcrowd.cli.client;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.cloudcrowd.protocol.server.NodeView;
import org.cloudcrowd.shell.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the live nodes. */
@Command(name = "nodes", description = "Lists the live nodes.", mixinStandardHelpOptions = true)
public final class NodesCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private ServerOption server;

  @Option(names = "--json", description = "Prints the JSON and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var nodes = server.client().nodes();
    var out = command.commandLine().getOut();
    if (json) {
      new JobPrinter(out).json(nodes);
      return 0;
    }
    var table = new Table("node", "tag", "status", "workers", "actions", "reason");
    for (NodeView node : nodes) {
      table.row(
          node.host(),
          node.tag(),
          node.word(),
          node.maxWorkers(),
          node.actions().size(),
          node.reason());
    }
    out.println(table);
    nodes.forEach(
        node -> node.problems().forEach(problem -> out.println(node.host() + ": " + problem)));
    out.flush();
    return 0;
  }
}
