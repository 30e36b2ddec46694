package org.cloudcrowd.node.processes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.ExecuteResultHandler;
import org.apache.commons.exec.ExecuteStreamHandler;

/**
 * An external process in a session of its own, whose standard input and output are handed out as
 * they are.
 *
 * <p>Commons Exec would rather pump them through threads of its own; its input pump sleeps between
 * looks, with which 2,000 round trips of a line did not end within minutes, and without which there
 * are 16,900 a second.
 */
public final class ExternalProcess {
  /** Children that a killed worker has left may keep its standard error open. */
  private static final long MAX_DRAIN_MILLIS = 2000;

  /** A result that was printed is worth more patience than last words. */
  private static final long MAX_OUTPUT_MILLIS = 30_000;

  /** A longer one is told in pieces: nothing that a process writes may fill this one's memory. */
  private static final int MAX_LINE = 8000;

  private static final int BUFFER = 8192;

  /** Hears what a process writes to standard error. */
  public interface ErrorLines {
    /** A line of the process of this id, or a piece of a long one. */
    void heard(long pid, String line);
  }

  /** What is to become of the output of a process that has ended. */
  public enum Output {
    /** Nobody reads it any more. */
    OF_NO_MORE_USE,
    /** It is kept until {@link ExternalProcess#outputIsRead} is called. */
    READ_TO_ITS_END
  }

  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private final Streams streams;
  private final ProcessHandle handle;

  /**
   * Starts a process.
   *
   * @param command the program and its arguments
   * @param directory its current directory
   * @param environment its environment variables, or null for those of this process
   * @param output what is to become of its output when it has ended
   * @param errorLines is given each line that the process writes to standard error, also before
   *     this constructor has returned
   * @throws IOException if the program cannot be started
   */
  public ExternalProcess(
      CommandLine command,
      Path directory,
      Map<String, String> environment,
      Output output,
      ErrorLines errorLines)
      throws IOException {
    streams = new Streams(errorLines);
    if (output == Output.OF_NO_MORE_USE) {
      streams.outputRead.complete(null);
    }
    var executor = new Launching(streams.started, directory);
    executor.setStreamHandler(streams);
    executor.setExitValues(null);
    executor.execute(OwnSession.of(command, directory, environment), environment, new Ended());
    try {
      streams.started.join();
    } catch (CompletionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    }
    handle = executor.launched.toHandle();
    streams.pid.complete(handle.pid());
  }

  /** Its process id. */
  public long pid() {
    return handle.pid();
  }

  /** The process and every process below it. */
  public Stream<ProcessHandle> tree() {
    return Stream.concat(Stream.of(handle), handle.descendants());
  }

  /** Writes to the process's standard input. */
  public OutputStream in() {
    return streams.in;
  }

  /** Reads the process's standard output. */
  public InputStream out() {
    return streams.out;
  }

  /** Its output was read as far as it will be. */
  public void outputIsRead() {
    streams.outputRead.complete(null);
  }

  /** Completes with the exit code when the process has ended and its last words were read. */
  public CompletableFuture<Integer> exitCode() {
    return exitCode;
  }

  /**
   * Completes when the process itself has ended, whatever it left behind to be read.
   *
   * <p>{@link ProcessHandle#onExit} may not: where the process has left behind what keeps its
   * output open, a thread that completes it can first come by what closes the output, which waits
   * for whoever reads that, for ever (JDK 17, seen in {@code ProcessImpl.processExited}).
   */
  public CompletableFuture<?> onExit() {
    return streams.ended;
  }

  /** Waits for the exit code; null if the process has not ended by then. */
  public Integer awaitExit(long seconds) {
    return exitCode.copy().completeOnTimeout(null, seconds, TimeUnit.SECONDS).join();
  }

  /**
   * Kills the process and every process that it started. The process goes first, so that it starts
   * no more; what its children start meanwhile is found by looking again until there is nothing
   * new. Where it has ended already, its children have another parent and cannot be told by it; to
   * look through all processes of the machine for them would take longer than many a program runs.
   */
  public void kill() {
    if (streams.ended.isDone()) {
      return;
    }
    var tree = new LinkedHashSet<ProcessHandle>();
    var found = handle.descendants().toList();
    handle.destroyForcibly();
    while (tree.addAll(found)) {
      found = tree.stream().flatMap(ProcessHandle::descendants).toList();
    }
    tree.forEach(ProcessHandle::destroyForcibly);
    killSession();
  }

  /** Kills what is left of the process's session: also what has lost its parent. */
  public void killSession() {
    OwnSession.membersOf(handle.pid()).forEach(ProcessHandle::destroyForcibly);
  }

  private final class Ended implements ExecuteResultHandler {
    @Override
    public void onProcessComplete(int code) {
      exitCode.complete(code);
    }

    @Override
    public void onProcessFailed(ExecuteException e) {
      exitCode.complete(e.getExitValue());
    }
  }

  /** Tells which process it launched, which Commons Exec itself keeps to itself. */
  @SuppressWarnings("deprecation") // its builder makes no subclasses
  private static final class Launching extends DefaultExecutor {
    private final CompletableFuture<Void> started;
    private volatile Process launched;

    private Launching(CompletableFuture<Void> started, Path directory) {
      setWorkingDirectory(directory.toFile());
      this.started = started;
    }

    @Override
    protected Process launch(CommandLine command, Map<String, String> environment, Path directory)
        throws IOException {
      try {
        launched = super.launch(command, environment, directory);
        return launched;
      } catch (IOException e) {
        started.completeExceptionally(e);
        throw e;
      }
    }
  }

  /** Hands out input and output, and reads standard error line by line. */
  private static final class Streams implements ExecuteStreamHandler {
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final CompletableFuture<Void> outputRead = new CompletableFuture<>();
    private final CompletableFuture<Long> pid = new CompletableFuture<>();
    private final ErrorLines errorLines;
    private volatile OutputStream in;
    private volatile InputStream out;
    private Thread errorReader;
    private boolean afterReturn;

    private Streams(ErrorLines errorLines) {
      this.errorLines = errorLines;
    }

    @Override
    public void setProcessInputStream(OutputStream stream) {
      in = stream;
    }

    @Override
    public void setProcessOutputStream(InputStream stream) {
      out = stream;
    }

    @Override
    public void setProcessErrorStream(InputStream stream) {
      errorReader = new Thread(() -> read(stream), "process-errors");
      errorReader.setDaemon(true);
    }

    private void read(InputStream stream) {
      long process = pid.join();
      try (stream) {
        var line = new ByteArrayOutputStream();
        var buffer = new byte[BUFFER];
        for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
          for (int i = 0; i < read; i++) {
            hear(process, buffer[i], line);
          }
        }
        if (line.size() > 0) {
          errorLines.heard(process, line.toString(StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        errorLines.heard(process, "(the rest cannot be read: " + e.getMessage() + ")");
      }
    }

    /** A carriage return ends a line too: with these, programs show how far they are. */
    private void hear(long process, byte next, ByteArrayOutputStream line) {
      boolean isEnd = next == '\n' || next == '\r';
      if (!isEnd) {
        line.write(next);
      }
      boolean isBlankAfterReturn = isEnd && line.size() == 0 && next == '\n' && afterReturn;
      if ((isEnd && !isBlankAfterReturn) || line.size() == MAX_LINE) {
        errorLines.heard(process, line.toString(StandardCharsets.UTF_8));
        line.reset();
      }
      afterReturn = next == '\r';
    }

    @Override
    public void start() {
      errorReader.start();
      started.complete(null);
    }

    /** The process has ended; Commons Exec closes the streams after this. */
    @Override
    public void stop() {
      ended.complete(null);
      try {
        errorReader.join(MAX_DRAIN_MILLIS);
        outputRead.copy().completeOnTimeout(null, MAX_OUTPUT_MILLIS, TimeUnit.MILLISECONDS).join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
