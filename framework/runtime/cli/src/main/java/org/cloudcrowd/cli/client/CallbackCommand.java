package org.cloudcrowd.cli.client;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.cloudcrowd.protocol.job.CallbackView;
import org.cloudcrowd.shell.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a job's callback. */
@Command(
    name = "callback",
    description = "Shows what became of a job's callback, or sends it again.",
    mixinStandardHelpOptions = true)
public final class CallbackCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private ServerOption server;

  @Parameters(paramLabel = "ID", description = "The job's id.")
  private long id;

  @Option(names = "--again", description = "Has the receiver told once more.")
  private boolean again;

  @Option(names = "--json", description = "Prints the JSON and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var client = server.client();
    var callback = again ? client.sendCallbackAgain(id) : client.callback(id);
    var out = command.commandLine().getOut();
    if (json) {
      new JobPrinter(out).json(callback);
      return 0;
    }
    out.println("callback of job " + id + ": " + callback.status() + ", " + callback.url());
    if (!callback.tries().isEmpty()) {
      out.println(tries(callback));
    }
    out.flush();
    return 0;
  }

  private static Table tries(CallbackView callback) {
    var table = new Table("message", "started", "seconds", "status", "fault");
    for (CallbackView.TryView one : callback.tries()) {
      table.row(one.messageId(), one.startedAt(), one.seconds(), one.status(), one.message());
    }
    return table;
  }
}
