package org.cloudcrowd.cli.client;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.protocol.server.CleanupView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Deletes old jobs, and files without a job. */
@Command(
    name = "cleanup",
    description = "Deletes old jobs, with their files, or the files that no job owns.",
    mixinStandardHelpOptions = true)
public final class CleanupCommand implements Callable<Integer> {
  /** As in the original. */
  private static final double USUAL_DAYS = 7;

  @Spec private CommandSpec command;
  @Mixin private ServerOption server;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "Deletes the jobs that have been complete for longer; 7 days without this.")
  private Double days;

  @Option(
      names = "--orphans",
      description = "Removes the files of jobs that are not there, and no jobs.")
  private boolean orphans;

  @Option(names = "--dry-run", description = "Tells of orphans, and removes nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Prints the JSON and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (orphans && days != null) {
      throw new ParameterException(
          command.commandLine(), "--orphans and --days are two cleanups; give one of them");
    }
    if (dryRun && !orphans) {
      throw new ParameterException(command.commandLine(), "--dry-run is for --orphans");
    }
    var out = command.commandLine().getOut();
    if (json) {
      new JobPrinter(out)
          .json(
              orphans
                  ? server.client().orphans(!dryRun)
                  : new CleanupView(delete(server.client()), false));
      return 0;
    }
    if (orphans) {
      var found = server.client().orphans(!dryRun);
      found.orphans().forEach(orphan -> out.println(orphan.action() + " job " + orphan.jobId()));
      out.println(
          (dryRun ? "files of jobs that are not there: " : "removed files of jobs: ")
              + found.orphans().size());
    } else {
      out.println("deleted jobs: " + delete(server.client()));
    }
    out.flush();
    return 0;
  }

  private int delete(CrowdClient client) throws IOException, InterruptedException {
    int deleted = 0;
    CleanupView batch;
    do {
      batch = client.deleteJobsOlderThan(days == null ? USUAL_DAYS : days);
      deleted += batch.deleted();
    } while (batch.more());
    return deleted;
  }
}
