package org.cloudcrowd.itests.cluster.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.itests.cluster.Crowd;
import org.cloudcrowd.itests.cluster.ScriptedNode;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.node.AdvertisedAction;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.protocol.unit.UnitOrder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * P15: one server with a small heap, first with few units queued and then with very many; prints
 * how long a node waits for units that it asks for, and what memory the server has taken. The node
 * is scripted, so that nothing but the server takes time.
 */
@Command(
    name = "queue",
    description = "Asks a server with a small heap for work, with few and with many units queued.",
    mixinStandardHelpOptions = true)
public final class Queue implements Callable<Integer> {
  private static final AdvertisedAction ACTION =
      new AdvertisedAction("nothing", "1.0.0", null, false, false);
  private static final int CAPACITY = 10;
  private static final int HEARTBEAT_EVERY = 20;
  private static final Pattern PEAK = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB$");

  /** What a claim may take longer in a full queue: twice, or what a pause of the JVM takes. */
  private static final int MAX_RATIO = 2;

  private static final Duration PAUSE = Duration.ofMillis(10);

  @Option(names = "--database", defaultValue = "postgres", description = "postgres or derby")
  private String database;

  @Option(names = "--units", defaultValue = "1000000", description = "how many are very many")
  private int units;

  @Option(names = "--few", defaultValue = "1000", description = "how many are few")
  private int few;

  @Option(names = "--per-job", defaultValue = "1000000", description = "units of one job, at most")
  private int perJob;

  @Option(names = "--heap", defaultValue = "256", description = "the server's heap, in MiB")
  private int heap;

  @Option(names = "--claims", defaultValue = "200", description = "claims that are timed")
  private int claims;

  private final ScriptedNode node = new ScriptedNode("scripted:1");

  /** Ends with 0 only if claims are as fast with many units as with few. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Queue()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    var crowd = new Crowd();
    crowd.open();
    crowd.environment("CROWD_JAVA_OPTIONS", "-Xmx" + heap + "m -XX:+ExitOnOutOfMemoryError");
    if (database.equals("derby")) {
      return measure(crowd);
    }
    try (var postgres = new RealPostgres()) {
      crowd.configure("org.cloudcrowd.store.cfg", "user", "postgres");
      crowd.configure("org.cloudcrowd.store.cfg", "url", postgres.url());
      return measure(crowd);
    }
  }

  private int measure(Crowd crowd) throws Exception {
    try {
      var server = crowd.start("server", "-p", "0");
      System.out.printf(
          Locale.ROOT,
          "%-10s %10s %10s %10s %10s%n",
          "queued",
          "post s",
          "p50 ms",
          "p99 ms",
          "peak MiB");
      measure(server, few); // the first is for the compiler
      var before = measure(server, few);
      var after = measure(server, units);
      boolean asFast = after.compareTo(before.multipliedBy(MAX_RATIO).plus(PAUSE)) <= 0;
      System.out.printf(
          Locale.ROOT,
          "claims with %d units take %.2f times as long as with %d%n",
          units,
          after.toNanos() / (double) before.toNanos(),
          few);
      return asFast ? 0 : 1;
    } finally {
      crowd.close();
    }
  }

  /** The median of the claims. */
  private Duration measure(Crowd.Running server, int count) throws Exception {
    node.heartbeat(server.url(), ACTION, CAPACITY, List.of());
    var client = new CrowdClient(server.url());
    long start = System.nanoTime();
    var jobs = new ArrayList<Long>();
    for (int left = count; left > 0; left -= perJob) {
      jobs.add(submit(client, Math.min(left, perJob)));
    }
    double posted = (System.nanoTime() - start) / 1e9;
    jobs.add(submit(client, claims * CAPACITY));
    var times = new ArrayList<Duration>();
    while (times.size() < claims) {
      if (times.size() % HEARTBEAT_EVERY == 0) {
        node.heartbeat(server.url(), ACTION, CAPACITY, List.of());
      }
      times.add(claim(server));
    }
    Collections.sort(times);
    var median = times.get(times.size() / 2);
    System.out.printf(
        Locale.ROOT,
        "%-10d %10.1f %10.2f %10.2f %10d%n",
        count,
        posted,
        median.toNanos() / 1e6,
        times.get(times.size() * 99 / 100).toNanos() / 1e6,
        peakMegabytes(server.pid()));
    for (long job : jobs) {
      client.delete(job);
    }
    return median;
  }

  private static long submit(CrowdClient client, int count) throws Exception {
    var inputs = IntStream.range(0, count).<JsonNode>mapToObj(IntNode::valueOf).toList();
    return client.submit(JobRequest.of(ACTION.name(), inputs, null)).id();
  }

  private Duration claim(Crowd.Running server) throws Exception {
    long start = System.nanoTime();
    var taken = node.poll(server.url());
    var time = Duration.ofNanos(System.nanoTime() - start);
    if (taken.isEmpty()) {
      throw new IOException("the server sends nothing");
    }
    node.succeed(server.url(), Stage.PROCESS, taken.stream().map(UnitOrder::lease).toList());
    return time;
  }

  private static long peakMegabytes(long pid) throws IOException {
    var peak = PEAK.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
    return peak.find() ? Long.parseLong(peak.group(1)) / 1024 : 0;
  }
}
