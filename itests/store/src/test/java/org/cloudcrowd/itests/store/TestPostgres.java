package org.cloudcrowd.itests.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL server, started for the tests. */
final class TestPostgres extends TestDatabase {
  private final EmbeddedPostgres server;
  private final AtomicInteger names = new AtomicInteger();

  TestPostgres() throws IOException {
    server = EmbeddedPostgres.start();
  }

  @Override
  Map<String, String> newDatabase() throws SQLException {
    var name = "crowd" + names.incrementAndGet();
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return Map.of(
        "url", server.getJdbcUrl("postgres", name), "user", "postgres", "directory", "unused");
  }

  @Override
  public void close() throws Exception {
    super.close();
    server.close();
  }

  @Override
  public String toString() {
    return "PostgreSQL";
  }
}
