package org.cloudcrowd.node.workers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.cloudcrowd.node.actions.InstalledAction;
import org.cloudcrowd.node.processes.AttemptFailure;
import org.cloudcrowd.node.processes.ExitReason;
import org.cloudcrowd.node.processes.ExternalProcess;
import org.cloudcrowd.node.processes.ExternalProcess.Output;
import org.cloudcrowd.node.processes.RunningUnit;
import org.cloudcrowd.node.processes.UnitLog;
import org.cloudcrowd.protocol.node.FailureReason;
import org.cloudcrowd.protocol.worker.UnitAnswer;
import org.cloudcrowd.protocol.worker.WorkerBeat;
import org.cloudcrowd.protocol.worker.WorkerOrder;
import org.cloudcrowd.protocol.worker.WorkerReady;
import org.cloudcrowd.protocol.worker.WorkerSetup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker process of one action at one version, and the protocol spoken with it.
 *
 * <p>One thread runs units on it at a time; any thread may kill it.
 */
public final class Worker implements RunningUnit {
  private static final Logger log = LoggerFactory.getLogger(Worker.class);
  private static final int LAST_WORDS = 10;
  private static final long END_SECONDS = 2;
  private static final long EXIT_SECONDS = 10;
  private static final long CRASH_SECONDS = 2;

  /**
   * The number of checks without a beat after which a worker is killed: with {@link
   * WorkerPool#WATCH_EVERY_MILLIS} between them 30 s, longer than any pause of garbage collection
   * or of a loaded machine.
   */
  private static final int SILENT_LOOKS = 60;

  /** The exit code of a JVM with {@code -XX:+ExitOnOutOfMemoryError}, and what it prints before. */
  private static final int OUT_OF_MEMORY_CODE = 3;

  private static final String OUT_OF_MEMORY = "Terminating due to java.lang.OutOfMemoryError";

  /**
   * The output of the running unit.
   *
   * @param log receives it
   * @param end the end of its last line
   * @param ended whether the last line was read
   */
  private record Printing(UnitLog log, String end, CountDownLatch ended) {}

  private final InstalledAction action;
  private final ObjectMapper json;
  private final ExternalProcess process;
  private final BufferedReader answers;
  private final Deque<String> lastWords = new ArrayDeque<>();
  private volatile AttemptFailure passedLimit;
  private final AtomicInteger unitsRun = new AtomicInteger();
  private volatile boolean busy;
  private volatile Printing printing;
  private volatile long idleSince = System.nanoTime();

  /** Whether the JVM has printed that it ends because it is out of memory. */
  private volatile boolean isOutOfMemory;

  private volatile boolean killedHere;

  /** The number of checks since the last beat of the worker. */
  private final AtomicInteger silentLooks = new AtomicInteger();

  /** Starts the process; {@link #awaitReady} waits until it can be used. */
  Worker(InstalledAction action, WorkerCommand command, WorkerSetup setup, ObjectMapper json)
      throws IOException {
    this.action = action;
    this.json = json;
    process =
        new ExternalProcess(
            command.line(), command.directory(), null, Output.OF_NO_MORE_USE, this::heard);
    answers = new BufferedReader(new InputStreamReader(process.out(), StandardCharsets.UTF_8));
    write(setup);
  }

  /** Output while a unit runs goes to the unit's log, other output to the log of this process. */
  private void heard(long pid, String line) {
    var unit = printing;
    boolean isEnd = unit != null && line.endsWith(unit.end());
    var text = isEnd ? line.substring(0, line.length() - unit.end().length()) : line;
    if (!isEnd || !text.isEmpty()) {
      printed(unit, pid, text);
    }
    if (isEnd) {
      unit.ended().countDown();
    }
  }

  private void printed(Printing unit, long pid, String line) {
    if (unit == null) {
      log.info("[{} {}] {}", action.name(), pid, line);
    } else {
      unit.log().add(line);
    }
    if (line.startsWith(OUT_OF_MEMORY)) {
      isOutOfMemory = true;
    }
    synchronized (lastWords) {
      lastWords.addLast(UnitLog.printable(line));
      if (lastWords.size() > LAST_WORDS) {
        lastWords.removeFirst();
      }
    }
  }

  /**
   * Waits until the worker can run units.
   *
   * @throws AttemptFailure if it ended instead
   */
  void awaitReady() throws AttemptFailure {
    try {
      var ready = json.readValue(nextLine(), WorkerReady.class);
      if (ready.problem() != null) {
        throw new AttemptFailure(FailureReason.WORKER_DIED, ready.problem());
      }
    } catch (IOException e) {
      throw ended("did not start: it", e);
    }
  }

  /**
   * Has the worker run one attempt, and waits for its end.
   *
   * @param printed receives what the attempt prints
   * @throws AttemptFailure if the worker ended before it had answered
   */
  public UnitAnswer run(WorkerOrder order, UnitLog printed) throws AttemptFailure {
    unitsRun.incrementAndGet();
    var unit = new Printing(printed, order.endOfPrint(), new CountDownLatch(1));
    synchronized (lastWords) {
      // Those of the unit before are not about this one.
      lastWords.clear();
    }
    printing = unit;
    busy = true;
    try {
      write(order);
      var answer = json.readValue(answerTo(order), UnitAnswer.class);
      if (answer.printed()) {
        // For a moment at most: a program may have written into the middle of the line.
        var unused = unit.ended().await(END_SECONDS, TimeUnit.SECONDS);
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AttemptFailure(FailureReason.HANDED_BACK, "the node is stopping", e);
    } catch (JsonProcessingException e) {
      // A JVM that crashes writes of it where answers are expected.
      if (process.awaitExit(CRASH_SECONDS) != null) {
        throw ended("", e);
      }
      kill();
      throw new AttemptFailure(
          FailureReason.WORKER_DIED, "the worker's answer cannot be understood", e);
    } catch (IOException e) {
      // A JVM that crashes writes of it before it ends; then its own end is the reason.
      if (process.awaitExit(CRASH_SECONDS) == null) {
        kill();
      }
      throw ended("", e);
    } finally {
      idleSince = System.nanoTime();
      busy = false;
      printing = null;
    }
  }

  private void write(Object message) throws IOException {
    process.in().write(json.writeValueAsBytes(message));
    process.in().write('\n');
    process.in().flush();
  }

  private String nextLine() throws IOException {
    var line = answers.readLine();
    if (line == null) {
      throw new IOException("the worker closed its output");
    }
    return line;
  }

  /**
   * Reads lines up to the answer. A beat of this unit resets the count of checks; others are
   * ignored.
   */
  private String answerTo(WorkerOrder order) throws IOException {
    for (var line = nextLine(); ; line = nextLine()) {
      if (!WorkerBeat.isIn(line)) {
        return line;
      }
      var beat = json.readValue(line, WorkerBeat.class);
      if (beat.beat() == order.unit().lease().unitId()
          && beat.attempt() == order.unit().lease().attempt()) {
        silentLooks.set(0);
      }
    }
  }

  /** Kills the worker where it has sent no beat of its unit for too long. */
  void watch() {
    if (!busy) {
      silentLooks.set(0);
    } else if (silentLooks.incrementAndGet() == SILENT_LOOKS) {
      killPast(
          FailureReason.WORKER_DIED,
          "the worker has not said for "
              + SILENT_LOOKS * WorkerPool.WATCH_EVERY_MILLIS / 1000
              + " s that it runs the work unit, and was killed");
    }
  }

  private AttemptFailure ended(String clause, IOException cause) {
    var exitCode = process.awaitExit(EXIT_SECONDS);
    var limit = passedLimit;
    if (limit != null) {
      limit.addSuppressed(cause);
      return limit;
    }
    synchronized (lastWords) {
      return new AttemptFailure(
          isOutOfMemory ? FailureReason.OUT_OF_MEMORY : FailureReason.WORKER_DIED,
          "the worker "
              + (clause.isEmpty() ? "" : clause + " ")
              + end(exitCode)
              + (lastWords.isEmpty() ? "" : ": " + String.join("\n", lastWords)),
          cause);
    }
  }

  private String end(Integer exitCode) {
    if (exitCode == null) {
      return "does not end, though it was killed";
    }
    if (isOutOfMemory && exitCode == OUT_OF_MEMORY_CODE) {
      return "ran out of memory";
    }
    return killedHere ? "was killed by its node" : ExitReason.of(exitCode);
  }

  /** The version of the action that it runs. */
  public String version() {
    return action.version().toString();
  }

  public long pid() {
    return process.pid();
  }

  @Override
  public Stream<ProcessHandle> processes() {
    return process.tree();
  }

  InstalledAction action() {
    return action;
  }

  int unitsRun() {
    return unitsRun.get();
  }

  /** Whether it runs a unit now. */
  boolean isBusy() {
    return busy;
  }

  long idleNanos() {
    return System.nanoTime() - idleSince;
  }

  boolean isAlive() {
    return !process.exitCode().isDone();
  }

  /** Has the worker exit; it runs no unit. */
  void dismiss() {
    try {
      process.in().close();
    } catch (IOException e) {
      kill();
    }
  }

  @Override
  public void kill() {
    killedHere = true;
    process.kill();
  }

  @Override
  public void killPast(FailureReason reason, String limit) {
    passedLimit = new AttemptFailure(reason, limit);
    kill();
  }

  /**
   * Runs a task once the process has ended.
   *
   * @return completes when the task has run
   */
  CompletableFuture<Void> onEnd(Runnable then) {
    return process.exitCode().thenRun(process::killSession).thenRun(then);
  }
}
