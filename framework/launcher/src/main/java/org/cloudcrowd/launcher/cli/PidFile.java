package org.cloudcrowd.launcher.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The file that names the process of a container while that runs. */
final class PidFile {
  private final Path file;

  PidFile(Path file) {
    this.file = file;
  }

  /** Names this process. */
  void write() throws IOException {
    Files.writeString(file, ProcessHandle.current().pid() + "\n");
  }

  /** Names none any more, where it named this process. */
  void remove() throws IOException {
    if (pid().filter(pid -> pid == ProcessHandle.current().pid()).isPresent()) {
      Files.delete(file);
    }
  }

  /**
   * The container's process, if it runs. The system may have given the number of one that was
   * killed to another program, which is none of ours.
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
                    .map(line -> line.contains(Crowd.class.getName()))
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
