package org.cloudcrowd.cli.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The PID file of a running container. */
final class PidFile {
  private final Path file;

  PidFile(Path file) {
    this.file = file;
  }

  /** Writes the id of this process. */
  void write() throws IOException {
    Files.writeString(file, ProcessHandle.current().pid() + "\n");
  }

  /** Deletes the file, if it has the id of this process. */
  void remove() throws IOException {
    if (pid().filter(pid -> pid == ProcessHandle.current().pid()).isPresent()) {
      Files.delete(file);
    }
  }

  /**
   * The container's process, if it runs. The system may have reused the id of a killed one for
   * another program, which is ignored.
   */
  Optional<ProcessHandle> process() throws IOException {
    return pid()
        .flatMap(ProcessHandle::of)
        .filter(ProcessHandle::isAlive)
        .filter(
            process ->
                process
                    .info()
                    .commandLine()
                    .map(line -> line.contains("-D" + Home.PROPERTY + "="))
                    .orElse(true));
  }

  private Optional<Long> pid() throws IOException {
    try {
      return Optional.of(Long.valueOf(Files.readString(file).strip()));
    } catch (NoSuchFileException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
