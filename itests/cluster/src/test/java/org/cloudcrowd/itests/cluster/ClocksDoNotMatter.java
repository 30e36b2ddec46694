package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.itests.cluster.faults.RealPostgres;
import org.cloudcrowd.protocol.job.JobView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** P14: processes whose clocks are hours apart, or are set while units run. */
class ClocksDoNotMatter {
  private static final int UNITS = 6;

  /** A lease by default. */
  private static final Duration LEASE = Duration.ofSeconds(15);

  @RegisterExtension final Crowd crowd = new Crowd();
  private Path go;
  private Path ledger;

  @BeforeEach
  void paths() {
    go = crowd.folder().resolve("go");
    ledger = crowd.folder().resolve("ledger");
  }

  private JobView twoRunOf(Crowd.Running server) throws Exception {
    var job = server.client().submit(Orders.waiting(UNITS, ledger, go));
    await().atMost(60, TimeUnit.SECONDS).until(() -> Orders.ledger(ledger).size() == 2);
    return job;
  }

  /** For as long as a lease lasts that nobody renews. */
  private void assertNoAttemptIsMadeAnew() {
    await()
        .during(LEASE)
        .atMost(LEASE.multipliedBy(2))
        .until(() -> Orders.ledger(ledger).size() == 2);
  }

  @Test
  void serversAndNodesHoursApartEndNoLeaseEarlyAndNoneLate() throws Exception {
    try (var postgres = new RealPostgres()) {
      crowd.configure("org.cloudcrowd.store.cfg", "user", "postgres");
      new ShiftedClock(crowd, "ahead", Duration.ofHours(1));
      var ahead = server(postgres, "ahead");
      new ShiftedClock(crowd, "behind", Duration.ofHours(-1));
      var behind = server(postgres, "behind");
      new ShiftedClock(crowd, "node", Duration.ofHours(5));
      var first = crowd.node("first", List.of(ahead, behind));
      var job = twoRunOf(ahead);
      assertNoAttemptIsMadeAnew();

      first.signal("STOP");
      crowd.node("second", List.of(behind, ahead));

      // Of the clocks, one would end it an hour late.
      await().atMost(60, TimeUnit.SECONDS).until(() -> Orders.ledger(ledger).size() == 4);
      first.kill();
      Files.createFile(go);
      assertThat(Orders.sum(Orders.await(behind.client(), job))).isEqualTo(Orders.sumOf(UNITS));
    }
  }

  private Crowd.Running server(RealPostgres postgres, String name) throws Exception {
    return crowd.start(
        "server",
        "-p",
        "0",
        "--database",
        postgres.url(),
        "--data",
        crowd.folder().resolve(name).toString());
  }

  @Test
  void aClockThatIsSetWhileUnitsRunEndsNoLease() throws Exception {
    var clock = new ShiftedClock(crowd, "jumps", Duration.ZERO);
    var up = crowd.up("--max-workers", "2");
    var job = twoRunOf(up);

    clock.set(Duration.ofHours(2));
    assertNoAttemptIsMadeAnew();
    clock.set(Duration.ofHours(-2));

    Files.createFile(go);
    assertThat(Orders.sum(Orders.await(up.client(), job))).isEqualTo(Orders.sumOf(UNITS));
    assertThat(Orders.ledger(ledger)).hasSize(UNITS);
  }
}
