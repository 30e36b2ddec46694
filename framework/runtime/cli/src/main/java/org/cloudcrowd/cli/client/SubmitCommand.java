package org.cloudcrowd.cli.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Submits a job, and waits for it on request. */
@Command(
    name = "submit",
    description =
        "Submits a job. With --wait, ends with 0 if it succeeded and with 1 if it failed.",
    mixinStandardHelpOptions = true)
public final class SubmitCommand implements Callable<Integer> {
  private static final int SHOW_EVERY_MILLIS = 250;
  private static final int PERCENT = 100;

  @Spec private CommandSpec command;
  @Mixin private ServerOption server;

  @Parameters(
      arity = "0..*",
      paramLabel = "ACTION INPUT",
      hideParamSyntax = true,
      description =
          "The action to run, and files, which become file: URLs; other URLs; or texts. With"
              + " --file, inputs alone.")
  private List<String> words = List.of();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "JOB",
      description =
          "A file with the job as POST /jobs takes it; inputs and options given beside it are"
              + " added.")
  private Path file;

  @Mixin private JobOptions job;

  @Option(names = "--wait", description = "Waits until the job is complete.")
  private boolean wait;

  @Option(names = "--json", description = "Prints the job's JSON and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var client = server.client();
    var posted = post(client);
    if (wait) {
      posted = await(client, posted);
    }
    var printer = new JobPrinter(command.commandLine().getOut());
    if (json) {
      printer.json(posted);
    } else {
      printer.text(posted);
    }
    return wait && posted.status() != Status.SUCCEEDED ? 1 : 0;
  }

  private JobView post(CrowdClient client) throws IOException, InterruptedException {
    if (file != null) {
      return client.submit(job.addTo(file, words));
    }
    if (words.size() < (job.takesOutputs() ? 1 : 2)) {
      throw new ParameterException(
          command.commandLine(), "say an ACTION and at least one INPUT, or a job by --file");
    }
    return client.submit(job.request(words.get(0), words.subList(1, words.size())));
  }

  private JobView await(CrowdClient client, JobView submitted)
      throws IOException, InterruptedException {
    if (json || !Help.Ansi.AUTO.enabled()) {
      return client.await(submitted.id(), now -> {});
    }
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("job " + submitted.id())
            .setInitialMax(submitted.workUnits())
            .setUnit(" work units", 1)
            .showSpeed()
            .setUpdateIntervalMillis(SHOW_EVERY_MILLIS)
            .build()) {
      return client.await(
          submitted.id(),
          now -> {
            // Splitting makes more of them.
            bar.maxHint(now.workUnits());
            bar.stepTo(now.workUnits() * now.percentComplete() / PERCENT);
          });
    }
  }
}
