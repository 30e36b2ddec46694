package org.cloudcrowd.worker;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.PumpStreamHandler;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.CommandFailure;
import org.cloudcrowd.protocol.worker.ToolLimits;

/**
 * A program that an action runs. It ends with its worker at the latest; its temporary files lie in
 * the directory of the attempt, and {@code prlimit} of util-linux, which is essential on Debian,
 * limits its resources.
 */
final class Command {
  static final int MAX_OUTPUT_BYTES = 16 * 1024 * 1024;
  private static final int MAX_SHOWN_BYTES = 4096;
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private static final Path PRLIMIT =
      Stream.of("/usr/bin/prlimit", "/bin/prlimit")
          .map(Path::of)
          .filter(Files::isExecutable)
          .findFirst()
          .orElse(null);

  /** The seconds between SIGXCPU, when a program has used up its processor time, and SIGKILL. */
  private static final long GRACE_SECONDS = 5;

  private static final long BYTES_PER_MEGABYTE = 1024 * 1024;

  /** The exit codes of a program that SIGXCPU or SIGXFSZ has ended (signal(7)). */
  private static final int OUT_OF_TIME = 128 + 24;

  private static final int FILE_TOO_LARGE = 128 + 25;

  /** Environment variables that name directories for temporary files and settings of programs. */
  private static final List<String> SCRATCH =
      List.of(
          "TMPDIR",
          "TMP",
          "TEMP",
          "MAGICK_TMPDIR",
          "MAGICK_TEMPORARY_PATH",
          "HOME",
          "XDG_CACHE_HOME",
          "XDG_CONFIG_HOME",
          "XDG_DATA_HOME",
          "XDG_STATE_HOME",
          "XDG_RUNTIME_DIR");

  private final List<String> command;
  private final Path directory;
  private final ToolLimits limits;
  private final long seconds;

  Command(List<String> command, Path directory, ToolLimits limits) {
    this(command, directory, limits, TimeUnit.MINUTES.toSeconds(limits.minutes()));
  }

  private Command(List<String> command, Path directory, ToolLimits limits, long seconds) {
    this.command = command;
    this.directory = directory;
    this.limits = limits;
    this.seconds = seconds;
  }

  /** The same command, which may take this much processor time where the limit is lower. */
  Command allowing(Duration processorTime) {
    return new Command(
        command, directory, limits, Math.max(seconds, Math.max(1, processorTime.toSeconds())));
  }

  /** Its standard output. */
  String run() {
    if (command.isEmpty()) {
      throw new ActionFailure("a command begins with the name of a program");
    }
    var program = command.get(0);
    System.err.println(shown());
    var out = new Kept(MAX_OUTPUT_BYTES, MAX_SHOWN_BYTES);
    var err = new Kept(MAX_OUTPUT_BYTES, MAX_OUTPUT_BYTES);
    int exitCode = exitCode(program, out, err);
    if (seconds > 0 && exitCode == OUT_OF_TIME) {
      throw new ActionFailure(program + " took more than " + seconds + " s of processor time");
    }
    if (limits.fileMegabytes() > 0 && exitCode == FILE_TOO_LARGE) {
      throw new ActionFailure(
          program
              + " wrote a file of more than "
              + limits.fileMegabytes()
              + " MiB (worker.tool_file_megabytes)");
    }
    if (exitCode != 0) {
      throw new CommandFailure(program, exitCode, err.end() + out.end());
    }
    if (out.dropped > 0) {
      throw new ActionFailure(
          program + " wrote more than " + MAX_OUTPUT_BYTES / (1024 * 1024) + " MiB");
    }
    return out.bytes.toString(StandardCharsets.UTF_8);
  }

  /** The command as it would be typed, for the unit's log. */
  private String shown() {
    return command.stream()
        .map(word -> PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" ", "$ ", ""));
  }

  private int exitCode(String program, Kept out, Kept err) {
    var executor = DefaultExecutor.builder().setWorkingDirectory(directory.toFile()).get();
    executor.setStreamHandler(new PumpStreamHandler(out, err));
    executor.setExitValues(null);
    try {
      var environment = environment();
      // Without quoting, arguments reach the program unchanged.
      var words = limited(found(program, environment.get("PATH")));
      var line = new CommandLine(words.get(0));
      words.subList(1, words.size()).forEach(word -> line.addArgument(word, false));
      return executor.execute(line, environment);
    } catch (IOException e) {
      throw new ActionFailure("cannot run " + program + ": " + e.getMessage(), e);
    }
  }

  /**
   * Finds the program here, because {@code prlimit} would report that it is missing only by its
   * exit code.
   */
  private String found(String program, String path) throws IOException {
    if (program.contains("/")) {
      return program;
    }
    return Stream.of((path == null ? "/usr/bin:/bin" : path).split(File.pathSeparator, -1))
        .map(folder -> directory.resolve(folder).resolve(program))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .map(Path::toString)
        .findFirst()
        .orElseThrow(() -> new IOException("there is no such program on the PATH"));
  }

  private List<String> limited(String program) {
    var words = new ArrayList<String>();
    if (PRLIMIT != null) {
      words.add(PRLIMIT.toString());
      words.add("--core=0");
      if (seconds > 0) {
        words.add("--cpu=" + seconds + ":" + (seconds + GRACE_SECONDS));
      }
      if (limits.memoryMegabytes() > 0) {
        words.add("--as=" + limits.memoryMegabytes() * BYTES_PER_MEGABYTE);
      }
      if (limits.fileMegabytes() > 0) {
        words.add("--fsize=" + limits.fileMegabytes() * BYTES_PER_MEGABYTE);
      }
      words.add("--");
    }
    words.add(program);
    words.addAll(command.subList(1, command.size()));
    return words;
  }

  private Map<String, String> environment() throws IOException {
    var scratch = Files.createDirectories(directory.resolve(".scratch")).toString();
    var environment = new HashMap<>(System.getenv());
    SCRATCH.forEach(name -> environment.put(name, scratch));
    environment.put("LC_ALL", "C.UTF-8");
    // The node runs as many units as it has processors.
    environment.put("OMP_THREAD_LIMIT", "1");
    return environment;
  }

  /** Collects output up to a limit, counts the rest, and prints the beginning. */
  private static final class Kept extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int limit;
    private final int printLimit;
    private long dropped;

    private Kept(int limit, int printLimit) {
      this.limit = limit;
      this.printLimit = printLimit;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] more, int offset, int length) {
      int printed = Math.min(length, Math.max(0, printLimit - bytes.size()));
      System.err.write(more, offset, printed);
      int kept = Math.min(length, limit - bytes.size());
      bytes.write(more, offset, kept);
      dropped += length - kept;
    }

    /** The last lines, for messages. */
    private String end() {
      var all = bytes.toByteArray();
      int from = Math.max(0, all.length - MAX_SHOWN_BYTES);
      return new String(all, from, all.length - from, StandardCharsets.UTF_8);
    }
  }
}
