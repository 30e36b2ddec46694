package org.cloudcrowd.cli.container;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options of a command that runs a node. */
final class NodeFlags {
  @Option(
      names = "--node-port",
      paramLabel = "PORT",
      description = "The node's port (9063); 0 takes a free one.")
  private Integer port;

  @Option(
      names = "--name",
      paramLabel = "HOST[:PORT]",
      description = "How the server reaches the node, where it is not by the node's address.")
  private String name;

  @Option(
      names = {"-t", "--tag"},
      paramLabel = "TAG",
      description = "What the node is called on the operations page.")
  private String tag;

  @Option(
      names = "--labels",
      paramLabel = "LABEL,…",
      description = "What the node is or has that some actions need.")
  private String labels;

  @Option(
      names = "--max-workers",
      paramLabel = "N",
      description = "How many work units run at once; 0 is one for each processor.")
  private Integer maxWorkers;

  @Option(
      names = "--file-roots",
      paramLabel = "DIR,…",
      description =
          "The directories below which file: URLs may be read as inputs, where the server is on"
              + " this machine.")
  private String fileRoots;

  void configure(CommandLineOverrides overrides) {
    overrides.setEndpoint("node", port);
    overrides.set("org.cloudcrowd.inputs", "file_roots", absolute(fileRoots));
    overrides.set("org.cloudcrowd.node", "name", name);
    overrides.set("org.cloudcrowd.node", "tag", tag);
    overrides.set("org.cloudcrowd.node", "labels", labels);
    overrides.set("org.cloudcrowd.node", "max_workers", maxWorkers);
  }

  /** Makes directories absolute; relative ones are taken from the current directory. */
  private static String absolute(String directories) {
    return directories == null
        ? null
        : Arrays.stream(directories.split(",", -1))
            .map(directory -> Path.of(directory.strip()).toAbsolutePath().normalize().toString())
            .collect(Collectors.joining(","));
  }
}
