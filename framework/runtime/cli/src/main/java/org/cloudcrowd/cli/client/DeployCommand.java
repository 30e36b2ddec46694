package org.cloudcrowd.cli.client;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Deploys a bundle or a program to every node. */
@Command(
    name = "deploy",
    description = "Deploys a bundle, or a program's folder or zip, to every node of the cluster.",
    mixinStandardHelpOptions = true)
public final class DeployCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private ServerOption server;

  @Parameters(
      paramLabel = "FILE",
      description = "A bundle (jar), or a program: its zip, or the folder with its action.yaml.")
  private Path file;

  @Option(
      names = "--dry-run",
      description = "Has every node try it, and tells what would change; nothing is deployed.")
  private boolean dryRun;

  @Option(names = "--json", description = "Prints the JSON and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!Files.exists(file)) {
      throw new ParameterException(command.commandLine(), "there is no file " + file);
    }
    if (!Files.isDirectory(file)) {
      return send(file);
    }
    var folder = Files.createTempDirectory("crowd-deploy");
    var zip = folder.resolve("program.zip");
    try {
      zip(file, zip);
      return send(zip);
    } finally {
      Files.deleteIfExists(zip);
      Files.delete(folder);
    }
  }

  private int send(Path sent) throws IOException, InterruptedException {
    var client = server.client();
    var bundle = dryRun ? client.tryOut(sent) : client.deploy(sent);
    new BundlePrinter(command.commandLine().getOut()).print(bundle, json);
    return 0;
  }

  private static void zip(Path folder, Path zip) throws IOException {
    try (var archive = FileSystems.newFileSystem(zip, Map.of("create", "true"));
        var files = Files.walk(folder)) {
      for (Path one : files.filter(Files::isRegularFile).sorted().toList()) {
        var target = archive.getPath("/").resolve(folder.relativize(one).toString());
        Files.createDirectories(target.getParent());
        Files.copy(one, target);
      }
    }
  }
}
