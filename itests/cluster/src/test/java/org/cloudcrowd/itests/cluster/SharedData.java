package org.cloudcrowd.itests.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Real documents that may lie beside the clone, and are never part of it: tests that make their own
 * take these as well, where they are there.
 */
final class SharedData {
  private static final Path FOLDER = Path.of("../../../shared/data");

  private SharedData() {}

  /** The files of a kind, in the order of their names; none where there are none. */
  static List<Path> files(String kind) throws IOException {
    var folder = FOLDER.resolve(kind).toAbsolutePath().normalize();
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
