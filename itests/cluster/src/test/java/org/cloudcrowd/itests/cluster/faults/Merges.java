package org.cloudcrowd.itests.cluster.faults;

import com.fasterxml.jackson.databind.node.IntNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.itests.cluster.Crowd;
import org.cloudcrowd.itests.cluster.ScriptedNode;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.node.AdvertisedAction;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.protocol.unit.UnitOrder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * P7: jobs of two units that end at the same moment, each at another of two servers on one
 * PostgreSQL; counts how often the merge of each was queued. The node is scripted, so that nothing
 * but the servers takes time.
 */
@Command(
    name = "merges",
    description = "Ends the two units of many jobs together at two servers, and counts the merges.",
    mixinStandardHelpOptions = true)
public final class Merges implements Callable<Integer> {
  private static final AdvertisedAction ACTION =
      new AdvertisedAction("pair", "1.0.0", null, false, true);
  private static final int BATCH = 100;

  @Option(names = "--jobs", defaultValue = "10000", description = "how many jobs")
  private int jobs;

  private final ScriptedNode node = new ScriptedNode("scripted:1");
  private final Map<Long, Integer> mergesByJob = new HashMap<>();

  /** Ends with 0 only if the merge of every job was queued once. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Merges()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    var crowd = new Crowd();
    crowd.open();
    crowd.configure("org.cloudcrowd.store.cfg", "user", "postgres");
    var senders = Executors.newFixedThreadPool(2);
    try (var postgres = new RealPostgres()) {
      var first = server(crowd, postgres, "first");
      var second = server(crowd, postgres, "second");
      for (int done = 0; done < jobs; done += BATCH) {
        round(first, second, Math.min(BATCH, jobs - done), senders);
      }
      return report();
    } finally {
      senders.shutdownNow();
      crowd.close();
    }
  }

  private static URI server(Crowd crowd, RealPostgres postgres, String name) throws IOException {
    return crowd
        .start(
            "server",
            "-p",
            "0",
            "--database",
            postgres.url(),
            "--data",
            crowd.folder().resolve(name).toString())
        .url();
  }

  private void round(URI first, URI second, int count, ExecutorService senders) throws Exception {
    node.heartbeat(first, ACTION, 2 * BATCH, List.of());
    var client = new CrowdClient(first);
    for (int i = 0; i < count; i++) {
      var job =
          client.submit(
              JobRequest.of("pair", List.of(IntNode.valueOf(1), IntNode.valueOf(2)), null));
      mergesByJob.put(job.id(), 0);
    }
    var pairs = new HashMap<Long, List<Lease>>();
    for (UnitOrder unit : take(first, 2 * count)) {
      pairs.computeIfAbsent(unit.jobId(), id -> new ArrayList<>()).add(unit.lease());
    }
    var together = new CyclicBarrier(2);
    for (List<Lease> pair : pairs.values()) {
      var one = senders.submit(() -> end(first, pair.get(0), together));
      var other = senders.submit(() -> end(second, pair.get(1), together));
      one.get();
      other.get();
    }
    node.heartbeat(first, ACTION, 2 * BATCH, List.of());
    for (UnitOrder merge : take(first, count)) {
      mergesByJob.merge(merge.jobId(), 1, Integer::sum);
      node.succeed(first, Stage.MERGE, List.of(merge.lease()));
    }
  }

  private Integer end(URI server, Lease lease, CyclicBarrier together) throws Exception {
    together.await();
    return node.succeed(server, Stage.PROCESS, List.of(lease)).statusCode();
  }

  /** Units until there are as many, or no more come. */
  private List<UnitOrder> take(URI server, int count) throws Exception {
    var units = new ArrayList<UnitOrder>();
    while (units.size() < count) {
      var more = node.poll(server);
      if (more.isEmpty()) {
        break;
      }
      units.addAll(more);
    }
    return units;
  }

  private int report() {
    long once = mergesByJob.values().stream().filter(times -> times == 1).count();
    long never = mergesByJob.values().stream().filter(times -> times == 0).count();
    System.out.printf(
        Locale.ROOT,
        "jobs %d: merged once %d, more than once %d, never %d%n",
        mergesByJob.size(),
        once,
        mergesByJob.size() - once - never,
        never);
    return once == mergesByJob.size() ? 0 : 1;
  }
}
