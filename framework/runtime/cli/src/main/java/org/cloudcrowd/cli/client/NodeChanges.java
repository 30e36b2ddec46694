package org.cloudcrowd.cli.client;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.protocol.server.NodeView;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes nodes. */
public abstract sealed class NodeChanges implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private ServerOption server;

  @Parameters(index = "0", paramLabel = "NODE", description = "The node's name, HOST:PORT.")
  private String node;

  @Option(names = "--json", description = "Prints the JSON and nothing else.")
  private boolean json;

  final CommandLine commandLine() {
    return command.commandLine();
  }

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
          "node " + node + ": " + now.word() + (now.reason() == null ? "" : ", " + now.reason()));
      out.flush();
    }
    return 0;
  }

  /** Drains it. */
  @Command(
      name = "drain",
      description = "Gives a node nothing more until it is resumed; what it holds, it ends.",
      mixinStandardHelpOptions = true)
  public static final class Drain extends NodeChanges {
    @Override
    NodeView change(CrowdClient client, String name) throws IOException, InterruptedException {
      return client.drain(name);
    }
  }

  /** Changes how many units it runs at once. */
  @Command(
      name = "resize",
      description =
          "Changes how many work units a node runs at once, until it is changed again; the node"
              + " takes it up with its next heartbeat.",
      mixinStandardHelpOptions = true)
  public static final class Resize extends NodeChanges {
    private static final String OWN = "configured";

    @Parameters(
        index = "1",
        paramLabel = "COUNT",
        description = "From 1 to 1000, or \"" + OWN + "\" for what the node is configured to.")
    private String count;

    @Override
    NodeView change(CrowdClient client, String name) throws IOException, InterruptedException {
      return client.changeMaxWorkers(name, count.equals(OWN) ? null : number());
    }

    private Integer number() {
      try {
        return Integer.valueOf(count);
      } catch (NumberFormatException e) {
        throw new ParameterException(
            commandLine(), "COUNT must be a number or \"" + OWN + "\", and is '" + count + "'");
      }
    }
  }

  /** Resumes it. */
  @Command(
      name = "resume",
      description = "Lets a node take work again that was drained or quarantined.",
      mixinStandardHelpOptions = true)
  public static final class Resume extends NodeChanges {
    @Override
    NodeView change(CrowdClient client, String name) throws IOException, InterruptedException {
      return client.resume(name);
    }
  }
}
