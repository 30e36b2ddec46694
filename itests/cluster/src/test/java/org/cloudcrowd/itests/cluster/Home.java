package org.cloudcrowd.itests.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The unpacked zip, once for all tests, and an archive of the classes that a container loads from
 * its class path and the JDK. Tests start some hundred containers; with the archive each takes 5.7
 * in place of 7.3 seconds of a processor.
 */
enum Home {
  /** As tests use it. */
  UNPACKED;

  private static final int READY_SECONDS = 120;

  private final Path folder = unzip();
  private final Path archive = folder.resolveSibling("container.jsa");
  private final Path configuration = folder.resolveSibling("conf");

  Home() {
    try {
      var conf = configuration.toString();
      if (waitFor(command("", "install", conf).redirectOutput(Redirect.DISCARD).start()) != 0) {
        throw new IOException("cannot install into " + conf);
      }
      awaitReadyAndEnd(
          command(
                  "-XX:ArchiveClassesAtExit=" + archive,
                  "up",
                  "-c",
                  conf,
                  "--data",
                  folder.resolveSibling("data").toString(),
                  "-p",
                  "0",
                  "--node-port",
                  "0")
              .redirectErrorStream(true)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its folder. */
  Path folder() {
    return folder;
  }

  /** Writes a configuration folder as {@code crowd install} does, but without a process for it. */
  void install(Path conf) throws IOException {
    try (var files = Files.walk(configuration)) {
      for (Path file : files.toList()) {
        Files.copy(file, conf.resolve(configuration.relativize(file)));
      }
    }
  }

  /** Options of the JVM that have a container use the archive. */
  String options() {
    return "-XX:SharedArchiveFile=" + archive;
  }

  private ProcessBuilder command(String options, String... arguments) {
    var builder = new ProcessBuilder(folder.resolve("bin/crowd").toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().put("CROWD_TIER", Crowd.TIER);
    builder.environment().put("CROWD_JAVA_OPTIONS", options);
    return builder;
  }

  private static void awaitReadyAndEnd(Process process) throws IOException {
    var unusedTimer =
        CompletableFuture.runAsync(
            process.toHandle()::destroy,
            CompletableFuture.delayedExecutor(READY_SECONDS, TimeUnit.SECONDS));
    try (var out = process.inputReader(StandardCharsets.UTF_8)) {
      var said = new StringJoiner("; ");
      for (String line = ""; !line.startsWith("ready: "); said.add(line)) {
        line = out.readLine();
        if (line == null) {
          throw new IOException("not ready: " + said);
        }
      }
      process.toHandle().destroy();
      var unused = out.lines().count();
    }
    waitFor(process);
  }

  private static Path unzip() {
    try {
      var target = Files.createTempDirectory("cloudcrowd-zip");
      var zip = Path.of(System.getProperty("distribution.zip"));
      var unzip =
          new ProcessBuilder("unzip", "-q", zip.toString(), "-d", target.toString())
              .inheritIO()
              .start();
      if (waitFor(unzip) != 0) {
        throw new IOException("cannot unzip " + zip);
      }
      try (var roots = Files.list(target)) {
        return roots.findFirst().orElseThrow();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int waitFor(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
