package org.cloudcrowd.cli.client;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.cloudcrowd.protocol.server.BlacklistEntry;
import org.cloudcrowd.shell.Table;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows and changes the blacklist. */
@Command(
    name = "blacklist",
    description = "Lists the actions whose work units wait everywhere, or changes the list.",
    mixinStandardHelpOptions = true)
public final class BlacklistCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private ServerOption server;
  @ArgGroup private Change change;

  @Option(
      names = "--for",
      paramLabel = "SECONDS",
      description = "With --add: the action goes on by itself after this time.")
  private Long seconds;

  @Option(names = "--json", description = "Prints the JSON and nothing else.")
  private boolean json;

  /** One of them. */
  private static final class Change {
    @Option(names = "--add", paramLabel = "ACTION", description = "Has its work units wait.")
    private String add;

    @Option(names = "--remove", paramLabel = "ACTION", description = "Lets them go on.")
    private String remove;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var client = server.client();
    if (change != null && change.add != null) {
      client.addToBlacklist(
          change.add, seconds == null ? null : Instant.now().plus(Duration.ofSeconds(seconds)));
    } else if (change != null) {
      client.removeFromBlacklist(change.remove);
    }
    print(client.blacklist());
    return 0;
  }

  private void print(List<BlacklistEntry> entries) throws IOException {
    var out = command.commandLine().getOut();
    if (json) {
      new JobPrinter(out).json(entries);
      return;
    }
    var table = new Table("action", "since", "until");
    entries.forEach(entry -> table.row(entry.action(), entry.createdAt(), entry.expiresAt()));
    out.println(table);
    out.flush();
  }
}
