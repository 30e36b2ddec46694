package org.cloudcrowd.cli.client;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the deployed bundles. */
@Command(
    name = "bundles",
    description = "Lists what is deployed to every node, and how it stands with it on each.",
    mixinStandardHelpOptions = true)
public final class BundlesCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private ServerOption server;

  @Option(names = "--json", description = "Prints the JSON and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var bundles = server.client().bundles();
    var out = command.commandLine().getOut();
    if (json) {
      new JobPrinter(out).json(bundles);
      return 0;
    }
    var printer = new BundlePrinter(out);
    for (var bundle : bundles) {
      printer.print(bundle, false);
    }
    return 0;
  }
}
