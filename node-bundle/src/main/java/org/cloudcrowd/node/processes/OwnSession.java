package org.cloudcrowd.node.processes;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.exec.CommandLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts each process of a node in a session of its own (setsid(2)): a signal that the process
 * sends to its group reaches no other process, and a signal of a terminal to the group of the node
 * does not reach it.
 *
 * <p>The program {@code setsid} of util-linux, which is essential on Debian, becomes the program
 * that it starts, so that the id of the process stays. Where it is missing, all processes share the
 * group of the node.
 */
public final class OwnSession {
  private static final Logger log = LoggerFactory.getLogger(OwnSession.class);
  private static final Path PROCESSES = Path.of("/proc");
  private static final Path SETSID = setsid();

  /** The fields of a process's status between its name in parentheses and its session (proc(5)). */
  private static final int FIELDS_BEFORE_SESSION = 3;

  private OwnSession() {}

  private static Path setsid() {
    var found =
        Stream.of("/usr/bin/setsid", "/bin/setsid")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty()) {
      log.warn(
          "There is no setsid here: programs share the process group of this node, and a signal to"
              + " that group ends it with all that it runs");
    }
    return found.orElse(null);
  }

  /**
   * The command that starts another in a session of its own.
   *
   * @param directory the current directory of the program
   * @param environment its environment variables, or null for those of this process
   * @throws IOException if there is no such program, or it may not be executed: {@code setsid}
   *     itself would tell that only by its exit code
   */
  static CommandLine of(CommandLine command, Path directory, Map<String, String> environment)
      throws IOException {
    if (SETSID == null) {
      return command;
    }
    var own = new CommandLine(SETSID.toFile());
    own.addArgument(executable(command.getExecutable(), directory, environment).toString(), false);
    for (String argument : command.getArguments()) {
      own.addArgument(argument, false);
    }
    return own;
  }

  private static Path executable(String program, Path directory, Map<String, String> environment)
      throws IOException {
    if (program.contains("/")) {
      var file = directory.resolve(program);
      if (Files.notExists(file)) {
        throw new IOException("there is no file " + file);
      }
      if (!isExecutable(file)) {
        throw new IOException(file + " may not be executed");
      }
      return file;
    }
    var path = environment == null ? System.getenv("PATH") : environment.get("PATH");
    return Stream.of((path == null ? "/usr/bin:/bin" : path).split(File.pathSeparator, -1))
        .map(folder -> directory.resolve(folder).resolve(program))
        .filter(OwnSession::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IOException("there is no program " + program + " on the PATH"));
  }

  private static boolean isExecutable(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  /**
   * The processes of the session that a process leads or led, also those whose parents have ended.
   * Searches all processes of the machine.
   */
  static Stream<ProcessHandle> membersOf(long leader) {
    return SETSID == null
        ? Stream.empty()
        : ProcessHandle.allProcesses().filter(process -> session(process.pid()) == leader);
  }

  /** 0 where the process has ended. */
  private static long session(long pid) {
    try {
      var status = Files.readString(PROCESSES.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
      var fields = status.substring(status.lastIndexOf(')') + 1).strip().split(" ", -1);
      return Long.parseLong(fields[FIELDS_BEFORE_SESSION]);
    } catch (IOException e) {
      return 0;
    }
  }
}
