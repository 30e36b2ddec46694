package org.cloudcrowd.node.programs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills the processes that programs leave behind. A process that has left its parent is not found
 * below it, but keeps the mark of its attempt in its environment, which {@code /proc/PID/environ}
 * has (proc_pid_environ(5)). On other systems than Linux none are found.
 */
final class OrphanProcesses {
  static final String VARIABLE = "CROWD_ATTEMPT_MARK";

  private static final Logger log = LoggerFactory.getLogger(OrphanProcesses.class);
  private static final Path PROCESSES = Path.of("/proc");

  private final Pattern ours;

  /**
   * @param incarnation the text with which the marks of all attempts of this runner begin
   */
  OrphanProcesses(String incarnation) {
    ours = Pattern.compile("(?:^|\0)" + VARIABLE + "=(" + Pattern.quote(incarnation) + "[^\0]*)");
  }

  /**
   * Kills the processes of attempts that have ended.
   *
   * @param running the marks of the attempts that have not ended
   */
  void killAllBut(Set<String> running) {
    kill(mark -> !running.contains(mark));
  }

  /** Kills the processes of an attempt. */
  void killOf(String attempt) {
    kill(attempt::equals);
  }

  private void kill(Predicate<String> marks) {
    ProcessHandle.allProcesses()
        .filter(
            process -> {
              var mark = mark(process);
              return mark != null && marks.test(mark);
            })
        .forEach(
            process -> {
              log.warn(
                  "Process {} is killed: its attempt has ended, and left it behind", process.pid());
              process.destroyForcibly();
            });
  }

  /** The mark of a process; null where it has none, has ended, or belongs to another user. */
  private String mark(ProcessHandle process) {
    try {
      var environment =
          Files.readString(
              PROCESSES.resolve(process.pid() + "/environ"), StandardCharsets.ISO_8859_1);
      var found = ours.matcher(environment);
      return found.find() ? found.group(1) : null;
    } catch (IOException e) {
      return null;
    }
  }
}
