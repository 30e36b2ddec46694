package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.client.ServerProblemException;
import org.cloudcrowd.protocol.server.BlacklistEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BlacklistedActionsWaitEverywhere {
  private static final int UNITS = 6;

  @RegisterExtension private final Crowd crowd = new Crowd("word-count");
  private Path go;
  private Path ledger;
  private URI url;
  private CrowdClient client;

  @BeforeAll
  void start() throws Exception {
    var up = crowd.up("--max-workers", "2");
    url = up.url();
    client = up.client();
  }

  @BeforeEach
  void makeFolder() throws Exception {
    var folder = Files.createTempDirectory(crowd.folder(), "test");
    go = folder.resolve("go");
    ledger = folder.resolve("ledger");
  }

  @AfterEach
  void clear() throws Exception {
    for (BlacklistEntry entry : client.blacklist()) {
      client.removeFromBlacklist(entry.action());
    }
  }

  @Test
  void whatRunsEndsAndTheRestGoesOnWhenTheActionIsTakenOff() throws Exception {
    var job = client.submit(Orders.waiting(UNITS, ledger, go));
    await().atMost(30, TimeUnit.SECONDS).until(() -> Orders.ledger(ledger).size() == 2);

    var entry = client.addToBlacklist("probe", null);
    Files.createFile(go);

    assertThat(client.blacklist()).containsExactly(entry);
    assertThat(entry.action()).isEqualTo("probe");
    assertThat(Instant.parse(entry.createdAt())).isBefore(Instant.now().plusSeconds(5));
    var other = client.submit(Orders.probe(List.of()));
    // What the node held already may run; the job that came later must not begin.
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(
            () ->
                client.units(job.id(), 100, null).units().stream().allMatch(u -> u.node() == null));
    assertThat(client.unit(client.units(other.id(), 1, null).units().get(0).id()).history())
        .isEmpty();

    assertThat(client.removeFromBlacklist("probe")).isEqualTo(entry);

    assertThat(Orders.sum(Orders.await(client, job))).isEqualTo(Orders.sumOf(UNITS));
    Orders.await(client, other);
    assertThat(client.blacklist()).isEmpty();
  }

  @Test
  void aRubyClientsFormDoesTheSame() throws Exception {
    var answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(url.resolve("blacklist"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("action=word_count"))
                    .build(),
                BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .matches("\\{\"id\":\\d+,\"action\":\"word_count\",\"created_at\":\".*");
    assertThat(client.blacklist()).extracting(BlacklistEntry::action).containsExactly("word_count");
  }

  @Test
  void whatIsNoEntryIsRefusedWithItsField() {
    assertProblem(() -> client.addToBlacklist("no name", null), "/action: action must be a name");
    assertProblem(
        () -> client.addToBlacklist("probe", Instant.now().minusSeconds(5)),
        "/expires_at: expires_at must be a time to come");
    assertProblem(
        () -> client.removeFromBlacklist("probe"), "the action probe is not on the blacklist");
  }

  private static void assertProblem(ThrowingCallable request, String message) {
    assertThatThrownBy(request)
        .isInstanceOf(ServerProblemException.class)
        .hasMessageContaining(message);
  }

  @Test
  void anEntryEndsByItself() throws Exception {
    client.addToBlacklist("probe", Instant.now().plusSeconds(3));
    var job = client.submit(Orders.waiting(1, ledger, go));
    Files.createFile(go);

    assertThat(Orders.sum(Orders.await(client, job))).isEqualTo(1);
    assertThat(client.blacklist()).isEmpty();
  }
}
