package org.cloudcrowd.itests.cluster.faults;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A PostgreSQL server that can be killed and comes back with its files. */
public final class RealPostgres implements Closeable {
  private final Path directory;
  private final int port;
  private EmbeddedPostgres server;

  /** Starts an empty one. */
  public RealPostgres() throws IOException {
    directory = Files.createTempDirectory("cloudcrowd-postgres");
    port = Ports.free();
    server = start();
  }

  private EmbeddedPostgres start() throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(directory)
        .setCleanDataDirectory(false)
        .setPort(port)
        .setServerConfig("max_connections", "200")
        // PostgreSQL's own defaults, which the library turns off: with synchronous_commit off, a
        // killed server has lost jobs that were acknowledged.
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .start();
  }

  /** Where it is, with everything but a user. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /** As a crash: nothing is written any more, and what was committed must be found again. */
  public void killAndRestart() throws IOException {
    kill();
    restart();
  }

  /** Kills it; it is not there until it is started again. */
  public void kill() throws IOException {
    long postmaster =
        Long.parseLong(Files.readAllLines(directory.resolve("postmaster.pid")).get(0));
    var process = ProcessHandle.of(postmaster).orElseThrow();
    var children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
    children.forEach(child -> child.onExit().join());
    closeQuietly();
  }

  /** Starts it with the files that it had. */
  public void restart() throws IOException {
    server = start();
  }

  private void closeQuietly() {
    try {
      server.close();
    } catch (IOException | RuntimeException e) {
      // It was killed; there is nothing to stop.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
