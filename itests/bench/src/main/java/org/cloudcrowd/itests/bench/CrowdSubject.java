package org.cloudcrowd.itests.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.Status;

/** CloudCrowd as a user starts it: {@code crowd up}, and jobs over HTTP. */
final class CrowdSubject implements Subject {
  private static final long LOOK_EVERY_MILLIS = 5;

  private final Process process;
  private final CrowdClient client;

  /**
   * Starts it.
   *
   * @param database a JDBC URL, or null for the embedded Derby
   */
  CrowdSubject(String database) throws IOException, InterruptedException {
    var crowd = Path.of(System.getProperty("distribution.home"), "bin", "crowd").toString();
    var folder = Files.createTempDirectory("cloudcrowd-bench");
    new ProcessBuilder(crowd, "install", folder.toString())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    Files.copy(
        Path.of(System.getProperty("actions.bundle")),
        folder.resolve("actions").resolve("idle.jar"));
    var command =
        new ArrayList<>(
            List.of(crowd, "-c", folder.toString(), "up", "-p", "0", "--node-port", "0"));
    if (database != null) {
      command.addAll(List.of("--database", database));
    }
    process =
        new ProcessBuilder(command).redirectError(new File(folder.toFile(), "errors")).start();
    var ready = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (ready == null || !ready.startsWith("ready: ")) {
      throw new IOException("crowd is not ready: " + Files.readString(folder.resolve("errors")));
    }
    client = new CrowdClient(URI.create(ready.substring("ready: ".length())));
  }

  @Override
  public Throughput run(Work work, int units) throws IOException, InterruptedException {
    var inputs = IntStream.range(0, units).<JsonNode>mapToObj(IntNode::valueOf).toList();
    long start = System.nanoTime();
    var job =
        client.submit(JobRequest.of(work == Work.NOTHING ? "nothing" : "program", inputs, null));
    long posted = System.nanoTime();
    while (!isOver(job.id())) {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
    return new Throughput(
        Duration.ofNanos(posted - start), Duration.ofNanos(System.nanoTime() - posted), units);
  }

  /** From the list, which leaves the outputs out. */
  private boolean isOver(long id) throws IOException, InterruptedException {
    var job = client.jobs(1, null).jobs().get(0);
    if (job.id() != id || job.status() == Status.FAILED) {
      throw new IOException("the benchmark's job did not run: " + job);
    }
    return job.status().isComplete();
  }

  @Override
  public List<Duration> latencies(int units) throws IOException, InterruptedException {
    var latencies = new ArrayList<Duration>();
    for (int i = 0; i < units; i++) {
      long start = System.nanoTime();
      var job = client.submit(JobRequest.of("nothing", List.of(IntNode.valueOf(i)), null));
      while (!client.job(job.id()).status().isComplete()) {
        Thread.onSpinWait();
      }
      latencies.add(Duration.ofNanos(System.nanoTime() - start));
    }
    return latencies;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
