package org.cloudcrowd.cli.client;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.cloudcrowd.protocol.server.BundleView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Undeploys a bundle. */
@Command(
    name = "undeploy",
    description = "Removes a deployed bundle from every node; work of its actions waits.",
    mixinStandardHelpOptions = true)
public final class UndeployCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private ServerOption server;

  @Parameters(
      paramLabel = "BUNDLE",
      description = "Its symbolic name, with @VERSION where there are several; or its SHA-256.")
  private String name;

  @Option(names = "--json", description = "Prints the JSON and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var client = server.client();
    var meant = client.bundles().stream().filter(bundle -> bundle.isMeantBy(name)).toList();
    if (meant.size() != 1) {
      throw new IOException(
          meant.isEmpty()
              ? "no bundle " + name + " is deployed; crowd bundles lists them"
              : "several bundles are meant: "
                  + String.join(", ", meant.stream().map(BundleView::nameAndVersion).toList()));
    }
    var gone = client.undeploy(meant.get(0).sha256());
    var out = command.commandLine().getOut();
    if (json) {
      new JobPrinter(out).json(gone);
    } else {
      out.println(gone.nameAndVersion() + " is undeployed");
      out.flush();
    }
    return 0;
  }
}
