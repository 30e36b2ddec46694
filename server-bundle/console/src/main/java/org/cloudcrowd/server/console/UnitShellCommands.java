package org.cloudcrowd.server.console;

import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.cloudcrowd.protocol.job.UnitView;
import org.cloudcrowd.server.Explanations;
import org.cloudcrowd.server.FileLinks;
import org.cloudcrowd.server.Jobs;
import org.cloudcrowd.shell.CommandCompletion;
import org.cloudcrowd.shell.CommandRefusedException;
import org.cloudcrowd.shell.Table;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shell commands for work units. */
@Component(service = UnitShellCommands.class)
@GogoCommand(
    scope = "crowd",
    function = {"units", "unit", "why"})
@CommandCompletion(completion = {"units=__jobs", "why=__jobs"})
public final class UnitShellCommands {
  private static final String LIMIT = "20";

  private final Jobs jobs;
  private final Explanations explanations;

  @Activate
  public UnitShellCommands(@Reference Jobs jobs, @Reference Explanations explanations) {
    this.jobs = jobs;
    this.explanations = explanations;
  }

  /** Why a job's units are not running. */
  @Descriptor("tells why the work units of a job that wait are not running")
  public String why(@Descriptor("the job's id") long id) {
    return String.join("\n", Answers.found(explanations.why(id), id).lines());
  }

  /** A job's units. */
  @Descriptor("lists a job's work units, in the order of their ids")
  public Table units(
      @Descriptor("how many at most, up to 1000")
          @Parameter(
              names = {"-n", "--limit"},
              absentValue = LIMIT)
          int limit,
      @Descriptor("goes on after the list that ended with these words")
          @Parameter(
              names = {"--after"},
              absentValue = "")
          String after,
      @Descriptor("the job's id") long job) {
    var table = new Table("id", "status", "failures", "node", "input", "message");
    var page =
        Answers.found(
            Answers.asked(() -> jobs.units(job, limit, after.isEmpty() ? null : after)), job);
    page.units()
        .forEach(
            unit ->
                table.row(
                    unit.id(),
                    unit.word(),
                    unit.attempts(),
                    unit.node(),
                    cut(unit.input().toString()),
                    unit.message()));
    if (page.after() != null) {
      table.row(null, "more:", null, null, "--after " + page.after(), null);
    }
    return table;
  }

  /** A unit with its attempts. */
  @Descriptor("shows a work unit with every attempt at it")
  public String unit(@Descriptor("the work unit's id") long id) {
    var unit = jobs.unit(id, FileLinks.CONFIGURED);
    if (unit == null) {
      throw new CommandRefusedException("there is no work unit " + id);
    }
    var table =
        new Table("attempt", "node", "worker", "version", "started", "ended", "outcome", "message");
    for (UnitView.AttemptView attempt : unit.history()) {
      table.row(
          attempt.attempt(),
          attempt.node(),
          attempt.worker(),
          attempt.version(),
          attempt.startedAt(),
          attempt.endedAt(),
          attempt.outcome(),
          attempt.message());
    }
    return "work unit "
        + unit.id()
        + " of job "
        + unit.jobId()
        + ": "
        + unit.word()
        + (unit.node() == null ? "" : " on " + unit.node())
        + "\n"
        + table;
  }

  private static String cut(String text) {
    int most = 60;
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }
}
