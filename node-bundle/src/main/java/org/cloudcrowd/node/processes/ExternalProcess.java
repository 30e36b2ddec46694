package org.cloudcrowd.node.processes;

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
 * An external process in a session of its own, whose standard input and output the caller reads and
 * writes itself.
 *
 * <p>Commons Exec pumps streams through threads of its own, and its input pump sleeps between
 * reads: with it, 2,000 round trips of a line did not end within minutes; without it there are
 * 16,900 a second.
 */
public final class ExternalProcess {
  /** How long standard error is read after the end of a process: its children may keep it open. */
  private static final long MAX_DRAIN_MILLIS = 2000;

  /** How long standard output is read after the end of a process, since it may be the result. */
  private static final long MAX_OUTPUT_MILLIS = 30_000;

  /**
   * The longest line; a longer one is passed on in pieces, so that no process can fill this one's
   * memory.
   */
  private static final int MAX_LINE = 8000;

  private static final int BUFFER = 8192;

  /** Receives the lines that a process writes to standard error. */
  public interface ErrorLines {
    /** Receives a line of the process of this id, or a piece of a long one. */
    void heard(long pid, String line);
  }

  /** Whether the output of a process that has ended is still read. */
  public enum Output {
    /** It is not read. */
    OF_NO_MORE_USE,
    /** It is read until {@link ExternalProcess#outputIsRead} is called. */
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
   * @param output whether its output is still read when it has ended
   * @param errorLines receives each line that the process writes to standard error, possibly before
   *     this constructor returns
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

  /**
   * Records that the caller reads no more output, so that it is closed when the process has ended.
   */
  public void outputIsRead() {
    streams.outputRead.complete(null);
  }

  /** Completes with the exit code when the process has ended and its standard error was read. */
  public CompletableFuture<Integer> exitCode() {
    return exitCode;
  }

  /**
   * Completes when the process itself has ended, whether or not its output was read.
   *
   * <p>{@link ProcessHandle#onExit} may not: where a child of the process keeps its output open,
   * the thread that would complete it may first close the output, which waits for the reader of the
   * output for ever (JDK 17, seen in {@code ProcessImpl.processExited}).
   */
  public CompletableFuture<?> onExit() {
    return streams.ended;
  }

  /** Waits for the exit code; null if the process has not ended by then. */
  public Integer awaitExit(long seconds) {
    return exitCode.copy().completeOnTimeout(null, seconds, TimeUnit.SECONDS).join();
  }

  /**
   * Kills the process and every process that it started. The process is killed first, so that it
   * starts no more; its children are listed again until there are no new ones. Where it has ended
   * already, its children have another parent and are not found; to search all processes of the
   * machine for them would take longer than many programs run.
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

  /** Kills the remaining processes of the session, also those whose parent has ended. */
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

  /** Exposes the process that it launched, which Commons Exec does not. */
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

  /** Exposes standard input and output, and reads standard error line by line. */
  private static final class Streams implements ExecuteStreamHandler {
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final CompletableFuture<Void> outputRead = new CompletableFuture<>();
    private final CompletableFuture<Long> pid = new CompletableFuture<>();
    private final ErrorLines errorLines;
    private volatile OutputStream in;
    private volatile InputStream out;
    private Thread errorReader;
    private final byte[] line = new byte[MAX_LINE];
    private int length;
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
        var buffer = new byte[BUFFER];
        for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
          for (int i = 0; i < read; i++) {
            hear(process, buffer[i]);
          }
        }
        if (length > 0) {
          endLine(process);
        }
      } catch (IOException e) {
        errorLines.heard(process, "(the rest cannot be read: " + e.getMessage() + ")");
      }
    }

    /** A carriage return ends a line too: programs write their progress with it. */
    private void hear(long process, byte next) {
      boolean isEnd = next == '\n' || next == '\r';
      if (!isEnd) {
        line[length] = next;
        length++;
      }
      boolean isBlankAfterReturn = isEnd && length == 0 && next == '\n' && afterReturn;
      if ((isEnd && !isBlankAfterReturn) || length == MAX_LINE) {
        endLine(process);
      }
      afterReturn = next == '\r';
    }

    private void endLine(long process) {
      errorLines.heard(process, new String(line, 0, length, StandardCharsets.UTF_8));
      length = 0;
    }

    @Override
    public void start() {
      errorReader.start();
      started.complete(null);
    }

    /** The process has ended; Commons Exec closes the streams after this method. */
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
