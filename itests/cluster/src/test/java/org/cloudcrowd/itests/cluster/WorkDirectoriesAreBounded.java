package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.protocol.job.JobRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WorkDirectoriesAreBounded {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @RegisterExtension final Crowd crowd = new Crowd();
  private final ObjectMapper json = new ObjectMapper();

  private long submit(CrowdClient client, Map<String, ?> probe) throws Exception {
    return client
        .submit(
            JobRequest.builder("probe", List.of(json.valueToTree(List.of(probe))))
                .maxAttempts(1)
                .build())
        .id();
  }

  private static List<String> attempts(Path temporary) throws IOException {
    try (var files = Files.walk(temporary)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.contains("_attempt_"))
          .toList();
    }
  }

  @Test
  void wheresoeverTheyLieAndTheyGoWithTheirAttemptOrAtTheNextStart() throws Exception {
    var temporary = Files.createDirectory(crowd.folder().resolve("large disk"));
    var others = Files.writeString(temporary.resolve("of somebody else"), "stays");
    crowd.configure("org.cloudcrowd.node.cfg", "temp_storage_path", temporary.toString());
    crowd.configure("org.cloudcrowd.node.cfg", "worker.max_directory_megabytes", "20");
    var up = crowd.up();
    var client = up.client();

    // Past the quota it is killed, and what it had is gone.
    var never = crowd.folder().resolve("never").toString();
    long full = submit(client, Map.of("fill", 30, "await", never));
    await().atMost(PATIENCE).until(() -> client.job(full).status().isComplete());
    assertThat(client.job(full).failures().get(0).message())
        .contains("its work directory held 30 MiB, more than worker.max_directory_megabytes 20");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(attempts(temporary)).isEmpty());

    // Killed in the middle, it leaves its directory to the next start.
    submit(client, Map.of("fill", 2, "await", never));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(attempts(temporary)).hasSize(1));
    var workers = up.workers();
    up.kill();
    await().atMost(PATIENCE).until(() -> workers.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(attempts(temporary)).hasSize(1);
    Files.createFile(Path.of(never));
    var again = crowd.up();
    await()
        .atMost(PATIENCE)
        .until(() -> again.client().jobs(1, null).jobs().get(0).status().isComplete());
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(attempts(temporary)).isEmpty());
    assertThat(others).hasContent("stays");
  }
}
