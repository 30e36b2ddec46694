package org.cloudcrowd.cli.client;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains why a job does not run. */
@Command(
    name = "why",
    description = "Tells why the work units of a job that wait are not running.",
    mixinStandardHelpOptions = true)
public final class WhyCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private ServerOption server;

  @Parameters(paramLabel = "ID", description = "The job's id.")
  private long id;

  @Option(names = "--json", description = "Prints the JSON and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var why = server.client().why(id);
    var out = command.commandLine().getOut();
    if (json) {
      new JobPrinter(out).json(why);
    } else {
      why.lines().forEach(out::println);
      out.flush();
    }
    return 0;
  }
}
