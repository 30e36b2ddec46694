package org.cloudcrowd.store.jpa;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals by {@code NOTIFY}, which PostgreSQL delivers when the transaction commits, and {@code
 * LISTEN} on a connection of its own. Within this process the way is shorter.
 */
final class PostgresSignals implements QueueSignals, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PostgresSignals.class);
  private static final String CHANNEL = "cloudcrowd_queue";
  private static final int LOOK_EVERY_MILLIS = 5000;
  private static final long RECONNECT_MILLIS = 1000;

  private final DataSource database;
  private final LocalSignals local = new LocalSignals();
  private final Thread thread;
  private volatile boolean closed;
  private volatile Connection connection;

  PostgresSignals(DataSource database) {
    this.database = database;
    thread = new Thread(this::listen, "queue-signals");
    thread.setDaemon(true);
  }

  /** Begins to listen, once the database is known to be there. */
  void open() {
    thread.start();
  }

  private void listen() {
    while (!closed) {
      try (var opened = database.getConnection();
          var statement = opened.createStatement()) {
        connection = opened;
        statement.execute("listen " + CHANNEL);
        // Something may have been queued while nobody listened.
        local.queued();
        await(opened.unwrap(PGConnection.class));
      } catch (SQLException e) {
        if (!closed) {
          log.debug("No signals from the database", e);
          pause();
        }
      }
    }
  }

  private void await(PGConnection listening) throws SQLException {
    while (!closed) {
      if (listening.getNotifications(LOOK_EVERY_MILLIS).length > 0) {
        local.queued();
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(RECONNECT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Runnable onQueued(Runnable listener) {
    return local.onQueued(listener);
  }

  @Override
  public void queueing(EntityManager entities) {
    entities.createNativeQuery("select pg_notify('" + CHANNEL + "', '')").getSingleResult();
  }

  @Override
  public void queued() {
    local.queued();
  }

  @Override
  public void close() {
    closed = true;
    var listening = connection;
    if (listening != null) {
      try {
        listening.abort(Runnable::run);
      } catch (SQLException e) {
        log.debug("The listening connection was gone already", e);
      }
    }
    thread.interrupt();
  }
}
