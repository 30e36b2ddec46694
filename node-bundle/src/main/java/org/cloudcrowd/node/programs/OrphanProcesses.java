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
 * Ends what programs leave behind. A process that has cut itself loose from its parent is no longer
 * found below it, but has its environment still, with the mark of its attempt, as Linux tells in
 * {@code /proc/PID/environ} (proc_pid_environ(5)). Elsewhere, nothing is found.
 */
final class OrphanProcesses {
  /** The environment variable with the mark of an attempt. */
  static final String VARIABLE = "CROWD_ATTEMPT_MARK";

  private static final Logger log = LoggerFactory.getLogger(OrphanProcesses.class);
  private static final Path PROCESSES = Path.of("/proc");

  private final Pattern ours;

  /** Of the attempts of one run of a node, whose marks begin with it. */
  OrphanProcesses(String run) {
    ours = Pattern.compile("(?:^|\0)" + VARIABLE + "=(" + Pattern.quote(run) + "[^\0]*)");
  }

  /**
   * Kills the processes of attempts that have ended.
   *
   * @param running the marks of the attempts that have not
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

  /** Null where it is none of ours, has ended, or is another user's. */
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
