package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.protocol.job.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * P4, P5: a node that is stopped where it stands, and goes on when nobody waits for it any more.
 */
@Isolated
class ASilentNodeIsReplaced {
  @RegisterExtension final Crowd crowd = new Crowd();

  private static void awaitRunning(Path ledger, int units) {
    await().atMost(30, TimeUnit.SECONDS).until(() -> Orders.ledger(ledger).size() >= units);
  }

  @Test
  void itsUnitsRunElsewhereWithinTwentySecondsAndItsResultsAreRefused() throws Exception {
    var go = crowd.folder().resolve("go");
    var ledger = crowd.folder().resolve("ledger");
    var server = crowd.start("server", "-p", "0");
    var client = server.client();
    var silent = crowd.node("silent", server);
    var job = client.submit(Orders.waiting(2, ledger, go));
    awaitRunning(ledger, 2);
    crowd.node("other", server);

    silent.signal("STOP");
    silent.workers().forEach(worker -> Crowd.Running.signal(worker, "STOP"));
    long stoppedAt = System.nanoTime();
    awaitRunning(ledger, 4);
    var took = Duration.ofNanos(System.nanoTime() - stoppedAt);
    assertThat(took).isLessThan(Duration.ofSeconds(20));
    System.out.printf(
        Locale.ROOT, "A stopped node's units ran elsewhere after %.1f s%n", took.toMillis() / 1e3);

    Files.createFile(go);
    assertThat(Orders.await(client, job).status()).isEqualTo(Status.SUCCEEDED);
    var counted = client.job(job.id());
    silent.workers().forEach(worker -> Crowd.Running.signal(worker, "CONT"));
    silent.signal("CONT");

    var serverLog = crowd.conf().resolve("data/log/crowd.log");
    var nodeLog = crowd.folder().resolve("silent/log/crowd.log");
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(
            () ->
                Files.readString(serverLog).contains("is rejected: its lease has ended")
                    || Files.readString(nodeLog).contains("is no longer this node's"));
    assertThat(client.job(job.id())).isEqualTo(counted);
    assertThat(Orders.ledger(ledger)).hasSize(4);
  }
}
