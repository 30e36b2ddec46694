package org.cloudcrowd.cli.container;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.cloudcrowd.launcher.container.Layout;
import org.cloudcrowd.launcher.container.Role;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Runs shell commands in a running container. */
@Command(
    name = "shell",
    description = {
      "Opens the Felix shell of a container that runs on this machine, or runs a line in it, as",
      "crowd shell nodes. Without a terminal, it runs the lines of its input."
    },
    mixinStandardHelpOptions = true)
public final class ShellCommand implements Callable<Integer> {
  @ParentCommand private ConfigurationOption crowd;
  @Mixin private LayoutOptions layout;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "Which container of this data folder: up, server or node.")
  private Role role;

  @Parameters(paramLabel = "WORD", arity = "0..*", description = "The line to run.")
  private List<String> words = List.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (var client = new ShellClient(directory(layout.layout(crowd.configuration())))) {
      if (!words.isEmpty()) {
        return client.run(String.join(" ", words));
      }
      try (var terminal = TerminalBuilder.builder().name("crowd").dumb(true).build()) {
        return terminal.getType().startsWith(Terminal.TYPE_DUMB)
            ? runInput(client)
            : client.talk(terminal);
      }
    }
  }

  /** Returns the exit code of the first line that fails, and skips the rest. */
  private static int runInput(ShellClient client) throws IOException {
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int exitCode = 0;
    for (var line = input.readLine(); line != null && exitCode == 0; line = input.readLine()) {
      exitCode = line.isBlank() ? 0 : client.run(line);
    }
    return exitCode;
  }

  private Path directory(Layout layout) throws IOException {
    var open =
        (role == null ? Stream.of(Role.UP, Role.SERVER, Role.NODE) : Stream.of(role))
            .filter(one -> Files.exists(ShellClient.address(layout.shell(one))))
            .toList();
    if (open.isEmpty()) {
      throw new IOException(
          "no container of "
              + layout.data()
              + " has its shell open; start it with --ssh-port 0, or set ssh_port in"
              + " etc/org.cloudcrowd.shell.cfg, which a running one takes up");
    }
    if (open.size() > 1) {
      throw new IOException(
          "several containers of "
              + layout.data()
              + " have their shell open; choose one with --role "
              + String.join(
                  " or ", open.stream().map(one -> one.name().toLowerCase(Locale.ROOT)).toList()));
    }
    return layout.shell(open.get(0));
  }
}
