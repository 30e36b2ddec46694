package org.cloudcrowd.cli.container;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cloudcrowd.launcher.container.Layout;
import picocli.CommandLine.Option;

/** The folders of a container. */
final class LayoutOptions {
  @Option(names = "--data", paramLabel = "DIR", description = "Where data is kept (DIR/data).")
  private Path data;

  /**
   * The layout.
   *
   * @param given the configuration folder, or null for the one in the current directory, else that
   *     of the distribution
   */
  Layout layout(Path given) {
    var here = Path.of("").toAbsolutePath();
    var configuration =
        given != null
            ? given.toAbsolutePath().normalize()
            : Files.isDirectory(here.resolve("etc")) && Files.isDirectory(here.resolve("actions"))
                ? here
                : Home.folder();
    return new Layout(
        Home.folder(),
        configuration,
        data == null ? configuration.resolve("data") : data.toAbsolutePath().normalize());
  }
}
