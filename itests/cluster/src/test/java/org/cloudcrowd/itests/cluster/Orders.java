package org.cloudcrowd.itests.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.protocol.server.JobRequest;
import org.cloudcrowd.protocol.server.JobView;

/** Jobs of the probe action, and its ledger. */
final class Orders {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Orders() {}

  /** A job of one input, which is split into the given orders. */
  static JobRequest probe(List<Map<String, Object>> orders) {
    JsonNode input = JSON.valueToTree(orders);
    return JobRequest.of("probe", List.of(input), null);
  }

  /** Waits for the job's end. */
  static JobView await(CrowdClient client, JobView job) throws Exception {
    return Awaitility.await("the end of job " + job.id())
        .atMost(60, TimeUnit.SECONDS)
        .pollInterval(20, TimeUnit.MILLISECONDS)
        .until(() -> client.job(job.id()), now -> now.status().isComplete());
  }

  /** The lines of a ledger: unit, attempt, process id. */
  static List<long[]> ledger(Path file) throws IOException {
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
