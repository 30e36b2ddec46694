package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file system of a few megabytes that one process alone sees, in a mount namespace of its own, so
 * that nothing is left of it when that process has ended.
 */
final class SmallDisk {
  private static final int CHUNK = 1 << 20;

  private final Path directory;
  private final int megabytes;
  private Path seen;

  SmallDisk(Path directory, int megabytes) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.megabytes = megabytes;
  }

  Path directory() {
    return directory;
  }

  /** What starts a process that sees it; given that process's command line. */
  List<String> program() {
    return List.of(
        "unshare",
        "--map-root-user",
        "--mount",
        "sh",
        "-c",
        "mount -t tmpfs -o size=" + megabytes + "m tmpfs \"$0\" && exec \"$@\"",
        directory.toString());
  }

  /** Which process was started so. */
  void seenBy(Crowd.Running process) {
    seen = Path.of("/proc/" + process.pid() + "/root" + directory);
  }

  /** Writes a file that leaves less room than this. */
  void fillUpTo(int megabytes) throws IOException {
    try (var out =
        Files.newOutputStream(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (filler().toFile().getUsableSpace() >= megabytes * (long) CHUNK) {
        out.write(new byte[CHUNK]);
      }
    }
  }

  /** Writes a file that leaves no room. */
  void fill() throws IOException {
    assertThatThrownBy(() -> fillUpTo(0)).hasMessageContaining("No space left");
  }

  void makeRoom() throws IOException {
    Files.delete(filler());
  }

  private Path filler() {
    return seen.resolve("filler");
  }
}
