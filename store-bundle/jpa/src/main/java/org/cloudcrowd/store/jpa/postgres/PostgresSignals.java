package org.cloudcrowd.store.jpa.postgres;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.cloudcrowd.store.jpa.database.ChangeSignals;
import org.cloudcrowd.store.jpa.database.LocalSignals;
import org.cloudcrowd.store.jpa.database.QueueSignals;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals by {@code NOTIFY}, which PostgreSQL delivers when the transaction commits, and {@code
 * LISTEN} on a connection of its own. Within this process the signal that units were queued is
 * called directly; changes are not, because PostgreSQL delivers notifications to all in the order
 * of the commits.
 *
 * <p>A commit with a notification waits until the one before it is on disk. So the frequent changes
 * of units are collected for a moment and sent in a transaction of their own.
 */
final class PostgresSignals implements QueueSignals, ChangeSignals, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PostgresSignals.class);
  private static final String CHANNEL = "cloudcrowd_queue";
  private static final String CHANGES = "cloudcrowd_changes";
  private static final int GATHER_MILLIS = 100;

  /**
   * The most messages that wait to be sent; more are replaced by one that says that messages were
   * lost.
   */
  private static final int MAX_GATHERED = 10_000;

  private static final int LOOK_EVERY_MILLIS = 5000;
  private static final long RECONNECT_MILLIS = 1000;

  private final DataSource database;
  private final LocalSignals local = new LocalSignals();
  private final Thread thread;
  private final ScheduledExecutorService sender =
      Executors.newSingleThreadScheduledExecutor(
          run -> {
            var sending = new Thread(run, "change-signals");
            sending.setDaemon(true);
            return sending;
          });
  private final List<String> gathered = new ArrayList<>();
  private volatile boolean closed;
  private volatile Connection connection;

  PostgresSignals(DataSource database) {
    this.database = database;
    thread = new Thread(this::listen, "queue-signals");
    thread.setDaemon(true);
  }

  /** Starts to listen, once the database is open. */
  void open() {
    thread.start();
  }

  private void listen() {
    while (!closed) {
      try (var opened = database.getConnection();
          var statement = opened.createStatement()) {
        connection = opened;
        statement.execute("listen " + CHANNEL);
        statement.execute("listen " + CHANGES);
        // Units may have been queued, or jobs changed, before it listened.
        local.queued();
        local.announced(LOST);
        await(opened.unwrap(PGConnection.class));
      } catch (SQLException e) {
        if (!closed) {
          log.debug("No signals from the database", e);
          pause();
        }
      } catch (RuntimeException e) {
        // Without this thread no signal would arrive any more.
        log.error("A signal of the database could not be told; listening goes on", e);
        pause();
      }
    }
  }

  private void await(PGConnection listening) throws SQLException {
    while (!closed) {
      boolean queued = false;
      for (PGNotification notification : listening.getNotifications(LOOK_EVERY_MILLIS)) {
        if (notification.getName().equals(CHANGES)) {
          local.announced(notification.getParameter());
        } else {
          queued = true;
        }
      }
      if (queued) {
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
  public void onMessage(Consumer<String> listener) {
    local.onMessage(listener);
  }

  @Override
  public void announcing(EntityManager entities, String message) {
    entities
        .createNativeQuery("select pg_notify('" + CHANGES + "', ?1)")
        .setParameter(1, message)
        .getSingleResult();
  }

  @Override
  public void announced(String message) {
    // PostgreSQL notifies this process as well.
  }

  @Override
  public void announceSoon(List<String> messages) {
    synchronized (gathered) {
      if (gathered.isEmpty() && !closed) {
        var unused = sender.schedule(this::send, GATHER_MILLIS, TimeUnit.MILLISECONDS);
      }
      gathered.addAll(messages);
      if (gathered.size() > MAX_GATHERED) {
        gathered.clear();
        gathered.add(LOST);
      }
    }
  }

  private void send() {
    List<String> messages;
    synchronized (gathered) {
      messages = List.copyOf(gathered);
      gathered.clear();
    }
    try (var sending = database.getConnection();
        var notify = sending.prepareStatement("select pg_notify('" + CHANGES + "', ?)")) {
      sending.setAutoCommit(false);
      for (String message : messages) {
        notify.setString(1, message);
        notify.execute();
      }
      sending.commit();
    } catch (SQLException e) {
      log.debug("Changes of work units are told as lost", e);
      announceSoon(List.of(LOST));
    }
  }

  @Override
  public void close() {
    closed = true;
    sender.shutdownNow();
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
