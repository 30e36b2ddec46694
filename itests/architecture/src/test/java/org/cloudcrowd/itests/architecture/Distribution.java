package org.cloudcrowd.itests.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

/** The files that ship. */
final class Distribution {
  private final Path home =
      Path.of(System.getProperty("distribution.home")).toAbsolutePath().normalize();

  Path etc() {
    return home.resolve("etc");
  }

  /** Our own jars, each once, however many folders it lies in. */
  List<Path> ours() {
    try (var files = Files.walk(home)) {
      var seen = new HashSet<Path>();
      return files
          .filter(file -> file.getFileName().toString().matches("cloudcrowd-.*\\.jar"))
          .filter(file -> seen.add(file.getFileName()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
