package org.cloudcrowd.cli.client;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.client.CrowdClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the log of a unit. */
@Command(
    name = "log",
    description = "Shows what a work unit and its tools printed.",
    mixinStandardHelpOptions = true)
public final class LogCommand implements Callable<Integer> {
  private static final long PAUSE_MILLIS = 500;

  @Spec private CommandSpec command;
  @Mixin private ServerOption server;

  @Parameters(paramLabel = "UNIT", description = "The work unit's id.")
  private long id;

  @Option(
      names = "--attempt",
      paramLabel = "N",
      description = "At which attempt; without, at the last that printed anything.")
  private Integer attempt;

  @Option(
      names = {"-f", "--follow"},
      description = "Shows what is printed until the work unit is complete.")
  private boolean follow;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var client = server.client();
    var out = command.commandLine().getOut();
    if (!follow) {
      out.print(client.log(id, attempt));
      out.flush();
      return 0;
    }
    boolean isComplete = false;
    for (var shown = ""; !isComplete; ) {
      // Read before the log, so that the last lines are not missed.
      isComplete = client.unit(id).status().isComplete();
      shown = show(client, shown, out);
      if (!isComplete) {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
    return 0;
  }

  /** Prints the new lines, or all where some between are missing. */
  private String show(CrowdClient client, String shown, PrintWriter out)
      throws IOException, InterruptedException {
    var log = client.log(id, attempt);
    out.print(log.startsWith(shown) ? log.substring(shown.length()) : "…\n" + log);
    out.flush();
    return log;
  }
}
