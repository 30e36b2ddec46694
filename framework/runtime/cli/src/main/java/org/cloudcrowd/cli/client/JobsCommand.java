package org.cloudcrowd.cli.client;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cloudcrowd.protocol.job.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists jobs. */
@Command(name = "jobs", description = "Lists the newest jobs.", mixinStandardHelpOptions = true)
public final class JobsCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private ServerOption server;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "20",
      description = "How many at most, up to 1000 (${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      converter = StatusConverter.class,
      description = "Only those of this status, such as failed.")
  private Status status;

  @Option(names = "--action", paramLabel = "NAME", description = "Only those of this action.")
  private String action;

  @Option(
      names = "--label",
      paramLabel = "NAME=VALUE",
      description = "Only those with this label; may be given more than once.")
  private Map<String, String> labels = Map.of();

  @Option(
      names = "--after",
      paramLabel = "CURSOR",
      description = "The page after the one whose JSON ended with this cursor.")
  private String after;

  @Option(names = "--json", description = "Prints the list's JSON and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var printer = new JobPrinter(command.commandLine().getOut());
    var list = server.client().jobs(status, action, labels, limit, after);
    if (json) {
      printer.json(list);
    } else {
      printer.table(list);
    }
    return 0;
  }
}
