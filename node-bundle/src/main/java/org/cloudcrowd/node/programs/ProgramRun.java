package org.cloudcrowd.node.programs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.apache.commons.exec.CommandLine;
import org.cloudcrowd.node.processes.AttemptFailure;
import org.cloudcrowd.node.processes.ExitReason;
import org.cloudcrowd.node.processes.ExternalProcess;
import org.cloudcrowd.node.processes.ExternalProcess.Output;
import org.cloudcrowd.node.processes.RunningUnit;
import org.cloudcrowd.node.processes.UnitLog;
import org.cloudcrowd.protocol.json.JsonFaults;
import org.cloudcrowd.protocol.node.FailureReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process of a program and its output. One thread waits for it; any may kill it. */
final class ProgramRun implements RunningUnit {
  private static final Logger log = LoggerFactory.getLogger(ProgramRun.class);

  /** The longest output: a result is sent in one message, with others. */
  private static final int MAX_OUTPUT_BYTES = 16 << 20;

  private static final int LAST_WORDS = 10;
  private static final int MAX_WORDS = 500;

  /** The capacity of a pipe on Linux (pipe(7)): this much can be written without a reader. */
  private static final int PIPE_BYTES = 64 * 1024;

  private final String name;
  private final ExternalProcess process;
  private final Deque<String> lastWords = new ArrayDeque<>();
  private final ObjectReader json;
  private final UnitLog unitLog;
  private volatile boolean heardToItsEnd;
  private boolean hadEnded;
  private volatile AttemptFailure passedLimit;

  /**
   * Starts a program.
   *
   * @param json reads its output
   * @param unitLog receives what it writes to standard error
   * @throws IOException if it cannot be started
   */
  ProgramRun(
      String name,
      List<String> command,
      Path directory,
      Map<String, String> environment,
      ObjectReader json,
      UnitLog unitLog)
      throws IOException {
    this.name = name;
    this.json = json;
    this.unitLog = unitLog;
    var line = new CommandLine(command.get(0));
    command.subList(1, command.size()).forEach(word -> line.addArgument(word, false));
    process =
        new ExternalProcess(line, directory, environment, Output.READ_TO_ITS_END, this::heard);
  }

  private void heard(long pid, String line) {
    unitLog.add(line);
    synchronized (lastWords) {
      var words = UnitLog.printable(line);
      lastWords.addLast(words.length() <= MAX_WORDS ? words : words.substring(0, MAX_WORDS) + "…");
      if (lastWords.size() > LAST_WORDS) {
        lastWords.removeFirst();
      }
    }
  }

  long pid() {
    return process.pid();
  }

  /**
   * Whether a process that the program left behind keeps its output open: the program had ended at
   * the last call, and its output is still open. For one thread.
   */
  boolean isHeldOpen() {
    boolean endedBefore = hadEnded;
    hadEnded = process.onExit().isDone();
    return endedBefore && !heardToItsEnd;
  }

  /** Writes the program's standard input, which the program need not read. */
  void tell(byte[] order, Executor writers) {
    if (order.length <= PIPE_BYTES) {
      write(order);
    } else {
      writers.execute(() -> write(order));
    }
  }

  private void write(byte[] order) {
    try (var in = process.in()) {
      in.write(order);
    } catch (IOException e) {
      log.debug("[{} {}] does not read all of its input", name, process.pid(), e);
    }
  }

  /**
   * Waits for the end of the program, but not for processes that it left behind.
   *
   * @return its output, or null where it printed nothing
   * @throws AttemptFailure if it did not end well; the message says how it ended
   */
  JsonNode await() throws AttemptFailure {
    byte[] printed = new byte[0];
    IOException fault = null;
    try {
      printed = process.out().readNBytes(MAX_OUTPUT_BYTES + 1);
    } catch (IOException e) {
      fault = e;
    }
    heardToItsEnd = true;
    process.outputIsRead();
    if (printed.length > MAX_OUTPUT_BYTES) {
      killPast(
          FailureReason.FAILED,
          "printed more than " + (MAX_OUTPUT_BYTES >> 20) + " MiB as its output");
    }
    int code = process.exitCode().join();
    var limit = passedLimit;
    if (limit != null) {
      throw limit;
    }
    if (code != 0) {
      throw new AttemptFailure(
          FailureReason.FAILED, "the program " + ExitReason.ofProgram(code) + words());
    }
    if (fault != null) {
      throw new AttemptFailure(
          FailureReason.FAILED, "what the program printed cannot be read: " + fault, fault);
    }
    return value(printed);
  }

  private JsonNode value(byte[] printed) throws AttemptFailure {
    if (new String(printed, StandardCharsets.UTF_8).isBlank()) {
      return null;
    }
    try {
      return json.readValue(printed);
    } catch (JsonProcessingException e) {
      throw new AttemptFailure(
          FailureReason.FAILED,
          "what the program printed is no JSON value, such as 12 or \"text\": "
              + JsonFaults.sentence(e));
    } catch (IOException e) {
      throw new AttemptFailure(FailureReason.FAILED, String.valueOf(e.getMessage()), e);
    }
  }

  private String words() {
    synchronized (lastWords) {
      return lastWords.isEmpty() ? "" : ": " + String.join("\n", lastWords);
    }
  }

  /** Kills the program if it still runs, and reads no more of its output. */
  void end() {
    process.outputIsRead();
    process.kill();
  }

  @Override
  public Stream<ProcessHandle> processes() {
    return process.tree();
  }

  @Override
  public void kill() {
    process.kill();
  }

  @Override
  public void killPast(FailureReason reason, String limit) {
    passedLimit = new AttemptFailure(reason, limit);
    process.kill();
  }
}
