package org.cloudcrowd.cli.container;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.launcher.container.StartException;

/** Starts the command line of a container again, in a background process. */
final class Background {
  private static final String READY = "ready: ";
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /** The environment variable that marks the background process. */
  private static final String MARK = "CROWD_IN_BACKGROUND";

  private final Path output;

  /**
   * Redirects the output of the process to a file.
   *
   * @param output the file; it is overwritten
   */
  Background(Path output) {
    this.output = output;
  }

  /** Whether this process is the background process. */
  static boolean isHere() {
    return System.getenv(MARK) != null;
  }

  /**
   * Starts it, and waits until it is ready.
   *
   * @param arguments those of this command
   * @return the line by which it said that it is ready
   * @throws StartException if it ended before; the message is its output
   */
  String start(List<String> arguments) throws IOException, InterruptedException, StartException {
    Files.createDirectories(output.getParent());
    // Without nohup it would end with the terminal, and without setsid with the process group of
    // its parent.
    var command =
        new ArrayList<>(List.of("setsid", "nohup", Home.folder().resolve("bin/crowd").toString()));
    command.addAll(arguments);
    var builder =
        new ProcessBuilder(command)
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(output.toFile())
            .redirectErrorStream(true);
    builder.environment().put(MARK, "1");
    var process = builder.start();
    while (!process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
      var ready = Files.readAllLines(output).stream().filter(line -> line.startsWith(READY));
      var line = ready.findFirst();
      if (line.isPresent()) {
        return line.get();
      }
    }
    throw new StartException(String.join("\n", said()));
  }

  private List<String> said() throws IOException {
    return Files.readAllLines(output).stream()
        .filter(line -> !line.startsWith("nohup: "))
        .map(line -> line.startsWith("crowd: ") ? line.substring("crowd: ".length()) : line)
        .toList();
  }
}
