package org.cloudcrowd.cli.client;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.ScheduleRequest;
import org.cloudcrowd.protocol.job.ScheduleView;
import org.cloudcrowd.shell.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists and changes schedules. */
@Command(
    name = "schedule",
    description = "Lists the jobs that are submitted again and again, or changes the list.",
    subcommands = {
      ScheduleCommand.Add.class,
      ScheduleCommand.Pause.class,
      ScheduleCommand.Resume.class,
      ScheduleCommand.Run.class,
      ScheduleCommand.Delete.class
    },
    mixinStandardHelpOptions = true)
public final class ScheduleCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private ServerOption server;

  @Option(names = "--json", description = "Prints the JSON and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    print(command, server.client().schedules(), json);
    return 0;
  }

  private static void print(CommandSpec command, List<ScheduleView> schedules, boolean json)
      throws IOException {
    var out = command.commandLine().getOut();
    if (json) {
      new JobPrinter(out).json(schedules);
      return;
    }
    var table = new Table("schedule", "cron", "zone", "action", "next", "last job", "problem");
    for (ScheduleView schedule : schedules) {
      table.row(
          schedule.name(),
          schedule.cron(),
          schedule.timeZone(),
          schedule.job().action(),
          schedule.paused() ? "paused" : schedule.nextAt(),
          schedule.lastJobId(),
          schedule.problem());
    }
    out.println(table);
    out.flush();
  }

  /** Adds a schedule. */
  @Command(
      name = "add",
      description = "Has a job submitted each time that a cron expression says.",
      mixinStandardHelpOptions = true)
  static final class Add implements Callable<Integer> {
    @Spec private CommandSpec command;
    @Mixin private ServerOption server;

    @Parameters(index = "0", paramLabel = "NAME", description = "The schedule's name.")
    private String name;

    @Parameters(
        index = "1",
        paramLabel = "CRON",
        description = "When, as '0 3 * * MON-FRI' or '@daily'.")
    private String cron;

    @Parameters(index = "2", paramLabel = "ACTION", description = "The action to run.")
    private String action;

    @Parameters(
        index = "3..*",
        arity = "1..*",
        paramLabel = "INPUT",
        description = "The inputs, as crowd submit takes them.")
    private List<String> inputs;

    @Option(
        names = "--zone",
        paramLabel = "ZONE",
        description = "Whose clocks CRON means, as Europe/Berlin; without, UTC.")
    private String zone;

    @Mixin private JobOptions job;

    @Option(names = "--json", description = "Prints the JSON and nothing else.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
      var made =
          server
              .client()
              .addSchedule(new ScheduleRequest(name, cron, zone, job.request(action, inputs)));
      print(command, List.of(made), json);
      return 0;
    }
  }

  /** Changes a schedule by its name. */
  @Command(mixinStandardHelpOptions = true)
  abstract static class Change implements Callable<Integer> {
    @Spec private CommandSpec command;
    @Mixin private ServerOption server;

    @Parameters(paramLabel = "NAME", description = "The schedule's name.")
    private String name;

    @Option(names = "--json", description = "Prints the JSON and nothing else.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
      var changed = change(server.client(), name);
      var printer = new JobPrinter(command.commandLine().getOut());
      if (changed instanceof ScheduleView schedule) {
        print(command, List.of(schedule), json);
      } else if (json) {
        printer.json(changed);
      } else if (changed instanceof JobView job) {
        printer.text(job);
      }
      return 0;
    }

    /**
     * Makes the change; returns the schedule as it is then, or the job that it has submitted, or
     * nothing.
     */
    abstract Object change(CrowdClient client, String name)
        throws IOException, InterruptedException;
  }

  /** Pauses a schedule. */
  @Command(name = "pause", description = "Runs a schedule no more until it is resumed.")
  static final class Pause extends Change {
    @Override
    Object change(CrowdClient client, String name) throws IOException, InterruptedException {
      return client.pauseSchedule(name);
    }
  }

  /** Resumes a schedule. */
  @Command(name = "resume", description = "Runs a schedule again from now on.")
  static final class Resume extends Change {
    @Override
    Object change(CrowdClient client, String name) throws IOException, InterruptedException {
      return client.resumeSchedule(name);
    }
  }

  /** Submits the job of a schedule now. */
  @Command(name = "run", description = "Submits a schedule's job now.")
  static final class Run extends Change {
    @Override
    Object change(CrowdClient client, String name) throws IOException, InterruptedException {
      return client.runSchedule(name);
    }
  }

  /** Deletes a schedule. */
  @Command(name = "delete", description = "Deletes a schedule; its jobs stay.")
  static final class Delete extends Change {
    @Override
    Object change(CrowdClient client, String name) throws IOException, InterruptedException {
      client.removeSchedule(name);
      return Map.of();
    }
  }
}
