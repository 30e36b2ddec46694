package org.cloudcrowd.cli.container;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.cli.client.JobOptions;
import org.cloudcrowd.cli.client.JobPrinter;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.launcher.container.Container;
import org.cloudcrowd.launcher.container.Layout;
import org.cloudcrowd.launcher.container.Role;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.server.NodeView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Runs an action for its author: starts a container with this action only, submits a job, and stops
 * the container, so that it runs as it will on a cluster.
 */
@Command(
    name = "run",
    description = {
      "Runs a bundle's or program's action here, without a cluster, and prints the job's outputs.",
      "Ends with 0 if the job succeeded and with 1 if it failed."
    },
    mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {
  private static final int START_SECONDS = 120;
  private static final long INSTALL_SECONDS = 30;
  private static final long LOOK_EVERY_MILLIS = 20;
  private static final String MANIFEST = ".action.yaml";

  @Spec private CommandSpec command;

  @Parameters(
      index = "0",
      paramLabel = "ACTION-FILE",
      description = "A bundle, a program's folder or zip, or an executable beside its manifest.")
  private Path file;

  @Parameters(
      index = "1..*",
      paramLabel = "INPUT",
      arity = "1..*",
      description = "Files, which become file: URLs; other URLs; or texts.")
  private List<String> inputs;

  @Mixin private JobOptions job;

  @Option(
      names = "--action",
      paramLabel = "NAME",
      description = "Which action to run, where the file brings several.")
  private String action;

  @Option(
      names = "--labels",
      paramLabel = "LABEL,…",
      description = "What the node is or has that the action needs.")
  private String labels = "";

  @Option(names = "--json", description = "Prints the job's JSON and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (!Files.exists(file)) {
      throw new ParameterException(command.commandLine(), "there is no file " + file);
    }
    if (!isArtifact()) {
      throw new ParameterException(
          command.commandLine(),
          file
              + " is no action: a bundle is a jar; a program is a folder or zip with an"
              + " action.yaml, or an executable x beside x"
              + MANIFEST);
    }
    // Faults of the options are found before a container is started.
    var unused = job.request("any", inputs);
    var folder = Files.createTempDirectory("crowd-run");
    var saved = Files.createTempDirectory("crowd-run-saved");
    try {
      copy(Home.folder().resolve("etc"), folder.resolve("etc"));
      copyAction(Files.createDirectory(folder.resolve("actions")));
      return run(new Layout(Home.folder(), folder, folder.resolve("data")), saved);
    } finally {
      delete(folder);
      deleteIfEmpty(saved);
    }
  }

  private boolean isArtifact() {
    var name = file.toString();
    return Files.isDirectory(file)
        || name.endsWith(".jar")
        || name.endsWith(".zip")
        || name.endsWith(MANIFEST)
        || Files.isRegularFile(Path.of(name + MANIFEST));
  }

  private int run(Layout layout, Path saved) throws Exception {
    var overrides =
        List.of(
            "org.cloudcrowd.endpoint~server/port=0",
            "org.cloudcrowd.endpoint~node/port=0",
            "org.cloudcrowd.node/server=",
            "org.cloudcrowd.node/labels=" + labels,
            "org.cloudcrowd.inputs/file_roots=/",
            "org.cloudcrowd.assets/storage=filesystem",
            "org.cloudcrowd.assets/directory=" + saved);
    command.commandLine().getErr().flush();
    try (var container =
        new Container(Role.UP, layout, overrides, MutedOutput.overStandardError()::mute)) {
      // Programs have sessions of their own, so Ctrl-C reaches them only through their node.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(container), "stop"));
      if (!new StartReport(container, this::print).awaitReady(START_SECONDS)) {
        throw new IOException("the container is not ready after " + START_SECONDS + " s");
      }
      var client = new CrowdClient(URI.create(container.url()));
      var posted = client.submit(job.request(awaitAction(client), inputs));
      var ended = client.await(posted.id(), now -> {});
      var printer = new JobPrinter(command.commandLine().getOut());
      if (json) {
        printer.json(ended);
      } else {
        printer.text(ended);
      }
      return ended.status() == Status.SUCCEEDED ? 0 : 1;
    }
  }

  private void print(String line) {
    var err = command.commandLine().getErr();
    err.println("crowd: " + line);
    err.flush();
  }

  private static void stop(Container container) {
    try {
      container.close();
    } catch (Exception e) {
      System.err.println("crowd: the container did not stop cleanly: " + e.getMessage());
    }
  }

  /** Waits until the action can be run, and returns its name. */
  private String awaitAction(CrowdClient client) throws IOException, InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(INSTALL_SECONDS);
    while (System.nanoTime() < until) {
      for (NodeView node : client.nodes()) {
        if (!node.problems().isEmpty()) {
          throw new IOException(String.join("; ", node.problems()));
        }
        if (action != null ? node.actions().contains(action) : node.actions().size() == 1) {
          return action != null ? action : node.actions().get(0);
        }
        if (node.actions().size() > 1) {
          throw new IOException(
              file + " brings " + String.join(", ", node.actions()) + "; say which with --action");
        }
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
    throw new IOException(
        file
            + " has brought no action "
            + (action == null ? "" : action + " ")
            + "within "
            + INSTALL_SECONDS
            + " s");
  }

  private void copyAction(Path actions) throws IOException {
    var name = file.toAbsolutePath().normalize().getFileName().toString();
    copy(file, actions.resolve(name));
    var beside =
        name.endsWith(MANIFEST)
            ? name.substring(0, name.length() - MANIFEST.length())
            : name + MANIFEST;
    var other = file.toAbsolutePath().resolveSibling(beside);
    if (Files.isRegularFile(other)) {
      copy(other, actions.resolve(beside));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path one : files.toList()) {
        Files.copy(one, to.resolve(from.relativize(one).toString()));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path one : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }

  /** Deletes the folder of saved files where it is empty; files that the action saved stay. */
  private static void deleteIfEmpty(Path folder) throws IOException {
    boolean empty;
    try (var files = Files.list(folder)) {
      empty = files.findAny().isEmpty();
    }
    if (empty) {
      Files.delete(folder);
    }
  }
}
