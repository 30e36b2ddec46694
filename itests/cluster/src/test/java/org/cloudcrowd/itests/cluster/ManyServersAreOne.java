package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** P9: two servers and one PostgreSQL, all of them real processes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ManyServersAreOne {
  private static final int UNITS = 12;

  @TempDir Path folder;
  @RegisterExtension private final Crowd crowd = new Crowd();
  private EmbeddedPostgres postgres;
  private Path go;
  private Path ledger;
  private Crowd.Running a;
  private Crowd.Running b;

  @BeforeAll
  void start() throws Exception {
    postgres = EmbeddedPostgres.start();
    crowd.configure("org.cloudcrowd.store.cfg", "user", "postgres");
    a = server("a");
    b = server("b");
  }

  @AfterAll
  void stop() throws Exception {
    crowd.close();
    postgres.close();
  }

  @BeforeEach
  void name() {
    go = folder.resolve("go");
    ledger = folder.resolve("ledger");
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
  @Order(0)
  void aJobPostedToOneIsRunByANodeOfTheOtherAndShownByBoth() throws Exception {
    var node = crowd.node("first", a);
    Files.createFile(go);

    var job = b.client().submit(Orders.waiting(UNITS, ledger, go));

    assertThat(Orders.sum(Orders.await(b.client(), job))).isEqualTo(Orders.sumOf(UNITS));
    assertThat(a.client().job(job.id())).isEqualTo(b.client().job(job.id()));
    assertThat(b.client().nodes()).hasSize(1);
    assertThat(a.client().nodes().get(0).host()).isEqualTo(b.client().nodes().get(0).host());
    assertThat(Orders.ledger(ledger)).hasSize(UNITS);
    assertThat(node.stop()).isTrue();
  }

  /** P17. */
  @Test
  @Order(0)
  void theLossOfEveryDatabaseConnectionIsRiddenOut() throws Exception {
    var node = crowd.node("second", List.of(a, b));
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
    assertThat(node.stop()).isTrue();
  }

  @Test
  @Order(2)
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
    assertThat(ended.faults())
        .singleElement()
        .asString()
        .contains("crowd: the database 127.0.0.1/crowd cannot be opened", "Connection to");
  }

  /** After the others, since there is but one server then. */
  @Test
  @Order(1)
  void aKilledServersWorkIsPickedUpByTheOther() throws Exception {
    crowd.node("third", List.of(a, b));
    var job = a.client().submit(Orders.waiting(UNITS, ledger, go));
    await().atMost(30, TimeUnit.SECONDS).until(() -> Orders.ledger(ledger).size() == 2);

    a.kill();
    Files.createFile(go);

    assertThat(Orders.sum(Orders.await(b.client(), job))).isEqualTo(Orders.sumOf(UNITS));
    // The node outlived the server: what it ran meanwhile counted, by the other.
    assertThat(Orders.ledger(ledger)).hasSize(UNITS);
  }
}
