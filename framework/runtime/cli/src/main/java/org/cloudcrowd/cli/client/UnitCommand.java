package org.cloudcrowd.cli.client;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.cloudcrowd.protocol.job.UnitView;
import org.cloudcrowd.shell.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a work unit. */
@Command(
    name = "unit",
    description = "Shows a work unit and the attempts at it.",
    mixinStandardHelpOptions = true)
public final class UnitCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private ServerOption server;

  @Parameters(paramLabel = "ID", description = "The work unit's id.")
  private long id;

  @Option(names = "--json", description = "Prints the JSON and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var unit = server.client().unit(id);
    var out = command.commandLine().getOut();
    if (json) {
      new JobPrinter(out).json(unit);
      return 0;
    }
    out.println(
        "work unit "
            + id
            + " of job "
            + unit.jobId()
            + ": "
            + unit.word()
            + (unit.node() == null ? "" : " on " + unit.node()));
    out.println("input: " + unit.input());
    if (unit.output() != null) {
      out.println("output: " + unit.output());
    }
    if (!unit.history().isEmpty()) {
      out.println(attempts(unit));
    }
    out.flush();
    return 0;
  }

  private static Table attempts(UnitView unit) {
    var table = new Table("attempt", "node", "worker", "outcome", "ended", "message");
    for (UnitView.AttemptView attempt : unit.history()) {
      table.row(
          attempt.attempt(),
          attempt.node(),
          attempt.worker(),
          attempt.outcome(),
          attempt.endedAt(),
          attempt.message());
    }
    return table;
  }
}
