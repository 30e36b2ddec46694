package org.cloudcrowd.launcher.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a job. */
@Command(name = "job", description = "Shows a job.", mixinStandardHelpOptions = true)
final class JobCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private ServerOption server;

  @Parameters(paramLabel = "ID", description = "The job's id.")
  private long id;

  @Option(names = "--json", description = "Prints the job's JSON and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var printer = new JobPrinter(command.commandLine().getOut());
    var job = server.client().job(id);
    if (json) {
      printer.json(job);
    } else {
      printer.text(job);
    }
    return 0;
  }
}
