package org.cloudcrowd.node.workers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.ExecuteResultHandler;
import org.apache.commons.exec.ExecuteStreamHandler;

/**
 * An external process whose standard input and output are handed out as they are.
 *
 * <p>Commons Exec would rather pump them through threads of its own; its input pump sleeps between
 * looks, with which 2,000 round trips of a line did not end within minutes, and without which there
 * are 16,900 a second.
 */
final class WorkerProcess {
  /** Children that a killed worker has left may keep its standard error open. */
  private static final long MAX_DRAIN_MILLIS = 2000;

  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private final Streams streams;
  private final ProcessHandle handle;

  /**
   * Starts a process.
   *
   * @param command the program and its arguments
   * @param directory its current directory
   * @param errorLines is given each line that the process writes to standard error
   * @throws IOException if the program cannot be started
   */
  WorkerProcess(CommandLine command, Path directory, Consumer<String> errorLines)
      throws IOException {
    streams = new Streams(errorLines);
    var executor = new Launching(streams.started, directory);
    executor.setStreamHandler(streams);
    executor.setExitValues(null);
    executor.execute(command, null, new Ended());
    try {
      streams.started.join();
    } catch (CompletionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    }
    handle = executor.launched.toHandle();
  }

  long pid() {
    return handle.pid();
  }

  /** The process and every process below it. */
  Stream<ProcessHandle> tree() {
    return Stream.concat(Stream.of(handle), handle.descendants());
  }

  /** Writes to the process's standard input. */
  OutputStream in() {
    return streams.in;
  }

  /** Reads the process's standard output. */
  InputStream out() {
    return streams.out;
  }

  /** Completes with the exit code when the process has ended and its last words were read. */
  CompletableFuture<Integer> exitCode() {
    return exitCode;
  }

  /** Waits for the exit code; null if the process has not ended by then. */
  Integer awaitExit(long seconds) {
    return exitCode.copy().completeOnTimeout(null, seconds, TimeUnit.SECONDS).join();
  }

  /**
   * Kills the process and every process that it started. The process goes first, so that it starts
   * no more; what its children start meanwhile is found by looking again until there is nothing
   * new.
   */
  void kill() {
    var tree = new LinkedHashSet<ProcessHandle>();
    var found = handle.descendants().toList();
    handle.destroyForcibly();
    while (tree.addAll(found)) {
      found = tree.stream().flatMap(ProcessHandle::descendants).toList();
    }
    tree.forEach(ProcessHandle::destroyForcibly);
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
    private final Consumer<String> errorLines;
    private volatile OutputStream in;
    private volatile InputStream out;
    private Thread errorReader;

    private Streams(Consumer<String> errorLines) {
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
      errorReader = new Thread(() -> read(stream), "worker-errors");
      errorReader.setDaemon(true);
    }

    private void read(InputStream stream) {
      try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
          errorLines.accept(line);
        }
      } catch (IOException e) {
        errorLines.accept("(the rest cannot be read: " + e.getMessage() + ")");
      }
    }

    @Override
    public void start() {
      errorReader.start();
      started.complete(null);
    }

    /** The process has ended; Commons Exec closes the streams after this. */
    @Override
    public void stop() {
      try {
        errorReader.join(MAX_DRAIN_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
