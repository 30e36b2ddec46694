package org.cloudcrowd.node.workers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.cloudcrowd.protocol.server.FailureReason;

/**
 * How much memory a worker may hold together with the programs that it runs.
 *
 * <p>Counted is what only the end of a process gives back: its resident anonymous pages, as Linux
 * tells them in {@code /proc/PID/status} (proc_pid_status(5), since Linux 4.5). Where there is no
 * such file, nothing is limited.
 */
final class MemoryLimit {
  private static final Path PROCESSES = Path.of("/proc");
  private static final Pattern ANONYMOUS = Pattern.compile("(?m)^RssAnon:\\s+(\\d+) kB$");
  private static final long KILOBYTES_PER_MEGABYTE = 1024;

  private final int megabytes;

  /**
   * Limits nothing yet.
   *
   * @param megabytes the limit in MiB; 0 is none
   */
  MemoryLimit(int megabytes) {
    this.megabytes = megabytes;
  }

  /** Kills a worker that is past the limit, with all that it started. */
  void hold(Worker worker) {
    if (megabytes == 0) {
      return;
    }
    long used =
        worker.processes().mapToLong(MemoryLimit::anonymousKilobytes).sum()
            / KILOBYTES_PER_MEGABYTE;
    if (used > megabytes) {
      worker.killPast(
          FailureReason.OUT_OF_MEMORY,
          "the worker and the programs that it ran took "
              + used
              + " MiB of memory, more than worker.max_memory_megabytes "
              + megabytes);
    }
  }

  /** What a process holds; nothing once it has ended. */
  private static long anonymousKilobytes(ProcessHandle process) {
    try {
      var status = Files.readString(PROCESSES.resolve(process.pid() + "/status"));
      var found = ANONYMOUS.matcher(status);
      return found.find() ? Long.parseLong(found.group(1)) : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
