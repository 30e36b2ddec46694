package org.cloudcrowd.node.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.cloudcrowd.protocol.node.FailureReason;

/**
 * Limits the memory of process trees.
 *
 * <p>It adds up resident anonymous pages, which only the end of a process frees, as {@code RssAnon}
 * in {@code /proc/PID/status} has them (proc_pid_status(5), since Linux 4.5). Where there is no
 * such file, nothing is limited.
 */
public final class MemoryLimit {
  private static final Path PROCESSES = Path.of("/proc");
  private static final Pattern ANONYMOUS = Pattern.compile("(?m)^RssAnon:\\s+(\\d+) kB$");
  private static final long KILOBYTES_PER_MEGABYTE = 1024;

  private final String what;
  private final String key;
  private final int megabytes;

  /**
   * @param what what is limited, the beginning of the message of a failure
   * @param key the name of the limit
   * @param megabytes the limit in MiB; 0 is none
   */
  public MemoryLimit(String what, String key, int megabytes) {
    this.what = what;
    this.key = key;
    this.megabytes = megabytes;
  }

  /** Kills a unit, with all its processes, where these are past the limit. */
  public void hold(RunningUnit unit) {
    if (megabytes == 0) {
      return;
    }
    long used =
        unit.processes().mapToLong(MemoryLimit::anonymousKilobytes).sum() / KILOBYTES_PER_MEGABYTE;
    if (used > megabytes) {
      unit.killPast(
          FailureReason.OUT_OF_MEMORY,
          what + " took " + used + " MiB of memory, more than " + key + " " + megabytes);
    }
  }

  /** The memory of a process; 0 once it has ended. */
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
