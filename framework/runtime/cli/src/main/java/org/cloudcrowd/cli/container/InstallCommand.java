package org.cloudcrowd.cli.container;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.cloudcrowd.launcher.container.FileFaults;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a configuration folder. */
@Command(
    name = "install",
    description = "Writes a configuration folder: etc/ and actions/.",
    mixinStandardHelpOptions = true)
public final class InstallCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(paramLabel = "DIR", description = "Made where it is missing; files in it are kept.")
  private Path directory;

  @Override
  public Integer call() throws IOException {
    var out = command.commandLine().getOut();
    for (String folder : new String[] {"etc", "actions"}) {
      var from = Home.folder().resolve(folder);
      var to = directory.resolve(folder);
      try {
        Files.createDirectories(to);
        try (var files = Files.newDirectoryStream(from)) {
          for (Path file : files) {
            copy(file, to.resolve(file.getFileName()), out);
          }
        }
      } catch (IOException e) {
        throw new IOException("cannot write to " + to + ": " + FileFaults.reason(e), e);
      }
    }
    out.println("Start it with: crowd -c " + directory + " up");
    return 0;
  }

  private static void copy(Path from, Path to, PrintWriter out) throws IOException {
    if (Files.exists(to)) {
      out.println("kept " + to);
    } else {
      Files.copy(from, to);
    }
  }
}
