package org.cloudcrowd.store.jpa.database;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Predicate;
import org.cloudcrowd.store.RefusedValueException;
import org.cloudcrowd.store.StoreException;
import org.cloudcrowd.store.StoreFullException;
import org.eclipse.persistence.exceptions.EclipseLinkException;

/**
 * Runs work in transactions, and again where the database has rolled one back because of a
 * conflict.
 */
public final class Transactions {
  /**
   * Deadlock and lock timeout in Derby (40001, 40XL1), serialization failure and deadlock in
   * PostgreSQL (40001, 40P01), and a unique key that another transaction was just inserting
   * (23505): run again, this transaction finds the row.
   */
  private static final Set<String> TRY_AGAIN = Set.of("40001", "40XL1", "40P01", "23505");

  /** PostgreSQL has no room on its disk. */
  private static final String DISK_FULL = "53100";

  /** SQL's class of states of connections, and PostgreSQL's of servers that end them. */
  private static final String CONNECTION = "08";

  private static final String SHUTDOWN = "57P";

  /**
   * Classes of states that name a fault of a value, in Derby and in PostgreSQL: data exceptions
   * (22), constraint violations (23), and what is too large or too complex (54).
   */
  private static final Set<String> REFUSED_VALUE = Set.of("22", "23", "54");

  private static final int CLASS_LENGTH = 2;

  private static final int MAX_TRIES = 10;

  private final EntityManagerFactory factory;
  private final Semaphore writers;

  /**
   * @param writersAtOnce how many transactions may write at once; the others wait
   */
  public Transactions(EntityManagerFactory factory, int writersAtOnce) {
    this.factory = factory;
    this.writers = new Semaphore(writersAtOnce, true);
  }

  /**
   * As {@link #run}, for work that changes nothing: it does not wait for writers, and is run again
   * where a connection of the pool is broken.
   */
  public <T> T read(String what, Function<EntityManager, T> work) {
    return tried(what, work, cause -> isUndone(cause) || isBroken(cause));
  }

  /**
   * Runs work in a transaction, and commits it.
   *
   * @param what the operation in a few words, for the message of a failure
   * @param work may be run more than once, each time in a new transaction
   * @throws StoreException if the database could not do it; nothing has changed then
   */
  public <T> T run(String what, Function<EntityManager, T> work) {
    writers.acquireUninterruptibly();
    try {
      return tried(what, work, Transactions::isUndone);
    } finally {
      writers.release();
    }
  }

  private <T> T tried(
      String what, Function<EntityManager, T> work, Predicate<SQLException> canBeTriedAgain) {
    for (int tries = 1; ; tries++) {
      try (var entities = factory.createEntityManager()) {
        var transaction = entities.getTransaction();
        transaction.begin();
        try {
          T result = work.apply(entities);
          transaction.commit();
          return result;
        } finally {
          if (transaction.isActive()) {
            transaction.rollback();
          }
        }
      } catch (PersistenceException | EclipseLinkException e) {
        // EclipseLink throws an exception of its own where a connection breaks during a commit.
        var cause = sqlCause(e);
        if (cause == null || tries == MAX_TRIES || !canBeTriedAgain.test(cause)) {
          throw failed(what, cause, e);
        }
      }
    }
  }

  private static StoreException failed(String what, SQLException cause, RuntimeException failure) {
    var message =
        "The database could not "
            + what
            + ": "
            + (cause == null ? failure.getMessage() : reason(cause));
    var state = cause == null ? null : cause.getSQLState();
    if (DISK_FULL.equals(state)) {
      return new StoreFullException(message, failure);
    }
    return isOfRefusedValue(state)
        ? new RefusedValueException(message, failure)
        : new StoreException(message, failure);
  }

  private static boolean isOfRefusedValue(String state) {
    return state != null
        && state.length() > CLASS_LENGTH
        && REFUSED_VALUE.contains(state.substring(0, CLASS_LENGTH));
  }

  /** The SQL state may be null where the driver has lost the connection. */
  private static boolean isUndone(SQLException cause) {
    return cause.getSQLState() != null && TRY_AGAIN.contains(cause.getSQLState());
  }

  /** Not where the pool timed out waiting for a connection: then the database is away. */
  private static boolean isBroken(SQLException cause) {
    var state = cause.getSQLState();
    return !(cause instanceof SQLTransientConnectionException)
        && (state == null || state.startsWith(CONNECTION) || state.startsWith(SHUTDOWN));
  }

  /** The exception of the pool says that there is no connection, and its cause says why. */
  private static String reason(SQLException cause) {
    var below = sqlCause(cause.getCause());
    return below == null ? cause.getMessage() : cause.getMessage() + ": " + below.getMessage();
  }

  private static SQLException sqlCause(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
