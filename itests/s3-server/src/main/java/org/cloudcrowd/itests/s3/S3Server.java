package org.cloudcrowd.itests.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * An S3 server with one empty bucket, which checks signatures and how long links are valid. Its
 * objects are files, so that a test can see what is left.
 */
public final class S3Server implements AutoCloseable {
  /** The bucket that is there. */
  public static final String BUCKET = "assets";

  /** The id of the access key. */
  public static final String ACCESS_KEY = "tester";

  /** Its secret. */
  public static final String SECRET_KEY = "tests-only";

  private static final long START_SECONDS = 60;
  private static final long PAUSE_MILLIS = 20;

  private final Path directory;
  private final int port;
  private final Process process;

  /** Starts a server, and waits until it can be used. */
  public S3Server() throws IOException, InterruptedException {
    directory = Files.createTempDirectory("s3-server");
    Files.createDirectories(bucket());
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var properties = new Properties();
    properties.setProperty("s3proxy.endpoint", endpoint().toString());
    properties.setProperty("s3proxy.authorization", "aws-v2-or-v4");
    properties.setProperty("s3proxy.identity", ACCESS_KEY);
    properties.setProperty("s3proxy.credential", SECRET_KEY);
    properties.setProperty("jclouds.provider", "filesystem-nio2");
    properties.setProperty("jclouds.identity", "files");
    properties.setProperty("jclouds.credential", "files");
    properties.setProperty("jclouds.filesystem.basedir", directory.resolve("data").toString());
    var file = directory.resolve("s3proxy.properties");
    try (var out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=" + resource("logback.xml").toURL(),
                "-cp",
                classPath(),
                "org.gaul.s3proxy.Main",
                "--properties",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    await();
  }

  private static URI resource(String name) {
    return URI.create(S3Server.class.getResource(name).toString());
  }

  private static String classPath() throws IOException {
    try (var in = S3Server.class.getResourceAsStream("class-path")) {
      return new String(in.readAllBytes(), UTF_8).strip();
    }
  }

  private void await() throws IOException, InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() > until) {
        throw new IOException(
            "the S3 server did not start: " + Files.readString(directory.resolve("log")));
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  private boolean answers() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Its base URL. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The names of the objects in the bucket, in their order. */
  public List<String> objects() {
    try (var files = Files.walk(bucket())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> bucket().relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path bucket() {
    return directory.resolve("data").resolve(BUCKET);
  }

  /** Stops it, and removes what it kept. */
  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    process.onExit().join();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException fault)
              throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
