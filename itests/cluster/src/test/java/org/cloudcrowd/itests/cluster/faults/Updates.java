package org.cloudcrowd.itests.cluster.faults;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.itests.cluster.ActionBundle;
import org.cloudcrowd.itests.cluster.Crowd;
import org.cloudcrowd.itests.cluster.Orders;
import org.cloudcrowd.protocol.job.JobView;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * P16: a bundle that is replaced again and again while units of its action run; counts what was
 * lost, and what is left of the versions that were replaced.
 */
@Command(
    name = "updates",
    description = "Replaces a bundle again and again while units of its action run.",
    mixinStandardHelpOptions = true)
public final class Updates implements Callable<Integer> {
  /** A line of a class histogram: its number, and how many objects there are of how many bytes. */
  private static final Pattern WIRINGS =
      Pattern.compile(
          ":\\s+(\\d+)\\s+\\d+\\s+org\\.apache\\.felix\\.framework\\.BundleWiringImpl(?: |$)");

  private static final int UNITS_OF_JOB = 40;
  private static final int PAUSE_MILLIS = 20;

  @Option(names = "--updates", defaultValue = "300", description = "how many times")
  private int updates;

  /** Ends with 0 only if nothing was lost and nothing is left. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Updates()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    var crowd = new Crowd();
    crowd.open();
    try {
      var deployed = crowd.conf().resolve("actions/probe.jar");
      var probe = ActionBundle.of(deployed);
      var up = crowd.up("--max-workers", "2");
      var client = up.client();
      run(client);
      long wiringsBefore = wirings(up);
      int failed = 0;
      for (int update = 1; update <= updates; update++) {
        var version = "1.0." + update;
        probe.withVersion(version).copyTo(deployed);
        failed += runUntilSeen(client, version);
      }
      return report(up, failed, wiringsBefore);
    } finally {
      crowd.close();
    }
  }

  /** Runs jobs until one has run in this version alone; says how many were lost. */
  private static int runUntilSeen(CrowdClient client, String version) throws Exception {
    int lost = 0;
    while (true) {
      var job = run(client);
      lost += Orders.sum(job) == Orders.sumOf(UNITS_OF_JOB) ? 0 : 1;
      var last = client.units(job.id(), 1, null).units().get(0).id();
      var history = client.unit(last).history();
      client.delete(job.id());
      if (history.get(history.size() - 1).version().equals(version)) {
        return lost;
      }
    }
  }

  private static JobView run(CrowdClient client) throws Exception {
    var orders =
        IntStream.rangeClosed(1, UNITS_OF_JOB)
            .mapToObj(i -> Map.<String, Object>of("pause", PAUSE_MILLIS, "value", i))
            .toList();
    return Orders.await(client, client.submit(Orders.probe(orders)));
  }

  private int report(Crowd.Running up, int lost, long wiringsBefore) throws Exception {
    Awaitility.await("the end of the workers of old versions")
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> up.workers().size() <= 2);
    long left = wirings(up) - wiringsBefore;
    System.out.printf(
        Locale.ROOT,
        "updates %d: jobs lost %d, wirings before %d, left of old versions %d, workers left %d%n",
        updates,
        lost,
        wiringsBefore,
        left,
        up.workers().size());
    return lost == 0 && wiringsBefore > 0 && left <= 0 ? 0 : 1;
  }

  /** How many bundles' wirings, each with its class loader, the container's heap holds. */
  private static long wirings(Crowd.Running container) throws Exception {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var process =
        new ProcessBuilder(jcmd, Long.toString(container.pid()), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    try (var lines = process.inputReader(StandardCharsets.UTF_8).lines()) {
      return lines
          .map(WIRINGS::matcher)
          .filter(Matcher::find)
          .mapToLong(line -> Long.parseLong(line.group(1)))
          .sum();
    }
  }
}
