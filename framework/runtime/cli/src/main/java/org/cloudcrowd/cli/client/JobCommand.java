package org.cloudcrowd.cli.client;

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
public final class JobCommand implements Callable<Integer> {
  private static final int UNITS_AT_ONCE = 1000;

  @Spec private CommandSpec command;
  @Mixin private ServerOption server;

  @Parameters(paramLabel = "ID", description = "The job's id.")
  private long id;

  @Option(names = "--json", description = "Prints the JSON and nothing else.")
  private boolean json;

  @Option(names = "--units", description = "Shows each of the job's work units as well.")
  private boolean units;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var printer = new JobPrinter(command.commandLine().getOut());
    var client = server.client();
    var job = client.job(id);
    if (units && !json) {
      var page = client.units(id, UNITS_AT_ONCE, null);
      printer.units(page);
      while (page.after() != null) {
        page = client.units(id, UNITS_AT_ONCE, page.after());
        printer.units(page);
      }
    }
    if (json) {
      printer.json(job);
    } else {
      printer.text(job);
    }
    return 0;
  }
}
