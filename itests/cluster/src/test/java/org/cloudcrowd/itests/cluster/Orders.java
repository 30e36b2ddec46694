package org.cloudcrowd.itests.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.Status;

/** Jobs of the probe action, and its ledger. */
public final class Orders {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Orders() {}

  /** A job of one input, which is split into the given orders. */
  public static JobRequest probe(List<Map<String, Object>> orders) {
    JsonNode input = JSON.valueToTree(orders);
    return JobRequest.of("probe", List.of(input), null);
  }

  /** A job of units that write into a ledger, wait for a file, and return their numbers from 1. */
  public static JobRequest waiting(int units, Path ledger, Path go) {
    return probe(
        IntStream.rangeClosed(1, units)
            .mapToObj(
                i ->
                    Map.<String, Object>of(
                        "ledger", ledger.toString(), "await", go.toString(), "value", i))
            .toList());
  }

  /** A job of units that fail on the node whose data folder this is. */
  static JobRequest failingIn(Path data, int units) {
    return probe(
        IntStream.rangeClosed(1, units)
            .mapToObj(
                i ->
                    Map.<String, Object>of(
                        "fail_in", data.toString(), "fail", "bad disk", "pause", 300, "value", i))
            .toList());
  }

  /** What the numbers of so many units add up to. */
  public static int sumOf(int units) {
    return units * (units + 1) / 2;
  }

  /** What the job's units returned, added up; 0 where it did not succeed. */
  public static int sum(JobView job) {
    int sum = 0;
    if (job.status() == Status.SUCCEEDED) {
      for (JsonNode value : job.outputs().get(0)) {
        sum += value.asInt();
      }
    }
    return sum;
  }

  /** Waits for the job's end. */
  public static JobView await(CrowdClient client, JobView job) throws Exception {
    return Awaitility.await("the end of job " + job.id())
        .atMost(60, TimeUnit.SECONDS)
        .pollInterval(20, TimeUnit.MILLISECONDS)
        .until(() -> client.job(job.id()), now -> now.status().isComplete());
  }

  /** The lines of a ledger: unit, attempt, process id. */
  public static List<long[]> ledger(Path file) throws IOException {
    return Files.exists(file)
        ? Files.readAllLines(file).stream()
            .map(
                line ->
                    java.util.Arrays.stream(line.split(" ", -1))
                        .mapToLong(Long::parseLong)
                        .toArray())
            .toList()
        : List.of();
  }
}
