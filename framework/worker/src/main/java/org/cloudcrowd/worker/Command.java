package org.cloudcrowd.worker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.PumpStreamHandler;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.CommandFailure;

/** A program that an action runs. It ends with its worker at the latest. */
final class Command {
  static final int MAX_OUTPUT_BYTES = 16 * 1024 * 1024;
  private static final int MAX_SHOWN_BYTES = 4096;
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private final List<String> command;
  private final Path directory;

  Command(List<String> command, Path directory) {
    this.command = command;
    this.directory = directory;
  }

  /** What the program wrote to standard output. */
  String run() {
    if (command.isEmpty()) {
      throw new ActionFailure("a command begins with the name of a program");
    }
    var program = command.get(0);
    System.err.println(shown());
    var out = new Kept(MAX_OUTPUT_BYTES, MAX_SHOWN_BYTES);
    var err = new Kept(MAX_OUTPUT_BYTES, MAX_OUTPUT_BYTES);
    int exitCode = exitCode(program, out, err);
    if (exitCode != 0) {
      throw new CommandFailure(program, exitCode, err.end() + out.end());
    }
    if (out.dropped > 0) {
      throw new ActionFailure(
          program + " wrote more than " + MAX_OUTPUT_BYTES / (1024 * 1024) + " MiB");
    }
    return out.bytes.toString(StandardCharsets.UTF_8);
  }

  /** As somebody would type it, for the unit's log. */
  private String shown() {
    return command.stream()
        .map(word -> PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" ", "$ ", ""));
  }

  private int exitCode(String program, Kept out, Kept err) {
    // Without quoting, each argument reaches the program as it is.
    var line = new CommandLine(program);
    command.stream().skip(1).forEach(argument -> line.addArgument(argument, false));
    var executor = DefaultExecutor.builder().setWorkingDirectory(directory.toFile()).get();
    executor.setStreamHandler(new PumpStreamHandler(out, err));
    executor.setExitValues(null);
    try {
      return executor.execute(line);
    } catch (IOException e) {
      throw new ActionFailure("cannot run " + program + ": " + e.getMessage(), e);
    }
  }

  /** Keeps what is written, up to a limit, counts what is more, and prints the beginning. */
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

    /** The last lines, for people. */
    private String end() {
      var all = bytes.toByteArray();
      int from = Math.max(0, all.length - MAX_SHOWN_BYTES);
      return new String(all, from, all.length - from, StandardCharsets.UTF_8);
    }
  }
}
