package org.cloudcrowd.launcher.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.protocol.server.NodeView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Does something to a node. */
abstract sealed class NodeChanges implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private ServerOption server;

  @Parameters(paramLabel = "NODE", description = "The node's name, HOST:PORT.")
  private String node;

  @Option(names = "--json", description = "Prints the JSON and nothing else.")
  private boolean json;

  abstract NodeView change(CrowdClient client, String name)
      throws IOException, InterruptedException;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var now = change(server.client(), node);
    var out = command.commandLine().getOut();
    if (json) {
      new JobPrinter(out).json(now);
    } else {
      out.println(
          "node " + node + ": " + now.status() + (now.reason() == null ? "" : ", " + now.reason()));
      out.flush();
    }
    return 0;
  }

  /** Gives it nothing more. */
  @Command(
      name = "drain",
      description = "Gives a node nothing more until it is resumed; what it holds, it ends.",
      mixinStandardHelpOptions = true)
  static final class Drain extends NodeChanges {
    @Override
    NodeView change(CrowdClient client, String name) throws IOException, InterruptedException {
      return client.drain(name);
    }
  }

  /** Gives it something again. */
  @Command(
      name = "resume",
      description = "Lets a node take work again that was drained or set aside.",
      mixinStandardHelpOptions = true)
  static final class Resume extends NodeChanges {
    @Override
    NodeView change(CrowdClient client, String name) throws IOException, InterruptedException {
      return client.resume(name);
    }
  }
}
