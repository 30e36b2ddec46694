package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** P9: two servers and one PostgreSQL, all of them real processes. */
class ManyServersAreOne {
  private static final int UNITS = 12;

  @RegisterExtension final Crowd crowd = new Crowd();
  private EmbeddedPostgres postgres;
  private Path go;
  private Path ledger;
  private Crowd.Running a;
  private Crowd.Running b;

  @BeforeEach
  void start() throws Exception {
    go = crowd.folder().resolve("go");
    ledger = crowd.folder().resolve("ledger");
    postgres = EmbeddedPostgres.start();
    crowd.configure("org.cloudcrowd.store.cfg", "user", "postgres");
    a = server("a");
    b = server("b");
  }

  @AfterEach
  void stop() throws Exception {
    postgres.close();
  }

  private Crowd.Running server(String name) throws Exception {
    return crowd.start(
        "server",
        "-p",
        "0",
        "--database",
        "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
        "--data",
        crowd.folder().resolve(name).toString());
  }

  @Test
  void aJobPostedToOneIsRunByANodeOfTheOtherAndShownByBoth() throws Exception {
    crowd.node("node", a);
    Files.createFile(go);

    var job = b.client().submit(Orders.waiting(UNITS, ledger, go));

    assertThat(Orders.sum(Orders.await(b.client(), job))).isEqualTo(Orders.sumOf(UNITS));
    assertThat(a.client().job(job.id())).isEqualTo(b.client().job(job.id()));
    assertThat(b.client().nodes()).hasSize(1);
    assertThat(a.client().nodes().get(0).host()).isEqualTo(b.client().nodes().get(0).host());
    assertThat(Orders.ledger(ledger)).hasSize(UNITS);
  }

  @Test
  void aKilledServersWorkIsPickedUpByTheOther() throws Exception {
    crowd.node("node", List.of(a, b));
    var job = a.client().submit(Orders.waiting(UNITS, ledger, go));
    await().atMost(30, TimeUnit.SECONDS).until(() -> Orders.ledger(ledger).size() == 2);

    a.kill();
    Files.createFile(go);

    assertThat(Orders.sum(Orders.await(b.client(), job))).isEqualTo(Orders.sumOf(UNITS));
    // The node outlived the server: what it ran meanwhile counted, by the other.
    assertThat(Orders.ledger(ledger)).hasSize(UNITS);
  }

  /** P17. */
  @Test
  void theLossOfEveryDatabaseConnectionIsRiddenOut() throws Exception {
    crowd.node("node", List.of(a, b));
    var job = a.client().submit(Orders.waiting(UNITS, ledger, go));
    await().atMost(30, TimeUnit.SECONDS).until(() -> Orders.ledger(ledger).size() == 2);

    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
              + " and backend_type = 'client backend'");
    }
    Files.createFile(go);

    assertThat(Orders.sum(Orders.await(b.client(), job))).isEqualTo(Orders.sumOf(UNITS));
    assertThat(a.client().job(job.id())).isEqualTo(b.client().job(job.id()));
  }

  @Test
  void aWrongAddressOfTheDatabaseIsOneClearLine() throws Exception {
    crowd.configure("org.cloudcrowd.store.cfg", "connection_timeout_seconds", "2");

    var ended =
        crowd.run(
            "-c",
            crowd.conf().toString(),
            "server",
            "-p",
            "0",
            "--data",
            crowd.folder().resolve("c").toString(),
            "--database",
            "jdbc:postgresql://127.0.0.1:1/crowd");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err().lines()).hasSize(1);
    assertThat(ended.err())
        .contains("crowd: the database 127.0.0.1/crowd cannot be opened", "Connection to");
  }
}
