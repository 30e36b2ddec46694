package org.cloudcrowd.cli.client;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.protocol.job.JobChanges;
import org.cloudcrowd.protocol.job.JobChanges.Change;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes several jobs; one that is refused does not keep the others from being changed. */
public abstract sealed class ChangeCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private ServerOption server;

  @Parameters(paramLabel = "ID", arity = "1..*", description = "The ids of the jobs.")
  private List<Long> ids;

  @Option(names = "--json", description = "Prints the JSON and nothing else.")
  private boolean json;

  abstract JobChanges change(CrowdClient client, List<Long> jobs)
      throws IOException, InterruptedException;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var changes = change(server.client(), ids);
    var out = command.commandLine().getOut();
    if (json) {
      new JobPrinter(out).json(changes);
    } else {
      changes.results().forEach(this::print);
      out.flush();
      command.commandLine().getErr().flush();
    }
    return changes.results().stream().allMatch(change -> change.problem() == null) ? 0 : 1;
  }

  private void print(Change change) {
    if (change.problem() == null) {
      var became = change.status() == null ? "deleted" : change.status().word();
      command.commandLine().getOut().println("job " + change.id() + ": " + became);
    } else {
      command.commandLine().getErr().println("crowd: " + change.problem());
    }
  }

  /** Cancels jobs. */
  @Command(
      name = "cancel",
      description = "Ends jobs: what waits is not run, and what runs is ended.",
      mixinStandardHelpOptions = true)
  public static final class Cancel extends ChangeCommand {
    @Override
    JobChanges change(CrowdClient client, List<Long> jobs)
        throws IOException, InterruptedException {
      return client.cancel(jobs);
    }
  }

  /** Retries jobs. */
  @Command(
      name = "retry",
      description = "Runs the work units of jobs again that failed or were cancelled.",
      mixinStandardHelpOptions = true)
  public static final class Retry extends ChangeCommand {
    @Override
    JobChanges change(CrowdClient client, List<Long> jobs)
        throws IOException, InterruptedException {
      return client.retry(jobs);
    }
  }

  /** Deletes jobs. */
  @Command(
      name = "delete",
      description = "Removes jobs with their work units and files; what runs is ended.",
      mixinStandardHelpOptions = true)
  public static final class Delete extends ChangeCommand {
    @Override
    JobChanges change(CrowdClient client, List<Long> jobs)
        throws IOException, InterruptedException {
      return client.delete(jobs);
    }
  }
}
