package org.cloudcrowd.store.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.cloudcrowd.store.StoreException;
import org.cloudcrowd.store.StoreFullException;
import org.eclipse.persistence.exceptions.EclipseLinkException;

/** Runs work in a transaction each, again where the database ended one for another's sake. */
final class Transactions {
  /**
   * Deadlock and lock timeout in Derby (40001, 40XL1), serialization failure and deadlock in
   * PostgreSQL (40001, 40P01), and a unique key that another transaction was just inserting
   * (23505): run again, this one finds it. The transaction is undone and may simply be run again.
   */
  private static final Set<String> TRY_AGAIN = Set.of("40001", "40XL1", "40P01", "23505");

  /** PostgreSQL has no room on its disk. */
  private static final String DISK_FULL = "53100";

  private static final int MAX_TRIES = 10;

  private final EntityManagerFactory factory;
  private final Semaphore writers;

  /** At most so many transactions of the factory's database write at once; the others wait. */
  Transactions(EntityManagerFactory factory, int writersAtOnce) {
    this.factory = factory;
    this.writers = new Semaphore(writersAtOnce, true);
  }

  /** As {@link #run}, for work that changes nothing and so waits for nobody. */
  <T> T read(String what, Function<EntityManager, T> work) {
    return tried(what, work);
  }

  /**
   * Runs work in a transaction, and commits it.
   *
   * @param what the operation in a few words, for the message of a failure
   * @param work may be run more than once, each time in a new transaction
   * @throws StoreException if the database could not do it; nothing has changed then
   */
  <T> T run(String what, Function<EntityManager, T> work) {
    writers.acquireUninterruptibly();
    try {
      return tried(what, work);
    } finally {
      writers.release();
    }
  }

  private <T> T tried(String what, Function<EntityManager, T> work) {
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
        // EclipseLink throws its own where a connection breaks while a transaction ends.
        var cause = sqlCause(e);
        if (!canBeTriedAgain(cause) || tries == MAX_TRIES) {
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
    return cause != null && DISK_FULL.equals(cause.getSQLState())
        ? new StoreFullException(message, failure)
        : new StoreException(message, failure);
  }

  /** A driver that has lost its database may not know a state. */
  private static boolean canBeTriedAgain(SQLException cause) {
    return cause != null && cause.getSQLState() != null && TRY_AGAIN.contains(cause.getSQLState());
  }

  /** A pool says that it has no connection, and below it the driver says why. */
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
