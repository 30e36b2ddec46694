package org.cloudcrowd.store.jpa.database;

import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;

/** The database cannot be opened, for a reason that an operator can mend. */
public final class UnusableDatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Derby's SQL state where another process has the database open. */
  private static final String IN_USE = "XSDB6";

  public UnusableDatabaseException(String message) {
    super(message);
  }

  private UnusableDatabaseException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Describes in one line why a database cannot be opened. */
  public static UnusableDatabaseException of(Engine engine, RuntimeException failure) {
    if (failure instanceof UnusableDatabaseException known) {
      return known;
    }
    String reason = failure.getMessage();
    Throwable innermost = failure;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql) {
        for (SQLException next = sql; next != null; next = next.getNextException()) {
          if (IN_USE.equals(next.getSQLState())) {
            return new UnusableDatabaseException(
                "the database in "
                    + engine.description()
                    + " is in use by another server; Derby is for one. Stop that, or let both use"
                    + " a PostgreSQL database",
                failure);
          }
        }
        reason = sql.getMessage();
      }
      innermost = t;
    }
    // The message of the driver says only that a connection attempt failed.
    if (innermost instanceof UnknownHostException) {
      reason = "there is no host " + innermost.getMessage();
    } else if (innermost instanceof SocketTimeoutException
        || innermost instanceof NoRouteToHostException) {
      reason = "its host does not answer";
    }
    return new UnusableDatabaseException(
        "the database "
            + engine.description()
            + " cannot be opened: "
            + String.valueOf(reason).lines().findFirst().orElse("").replaceFirst("\\.$", "")
            + "; see etc/org.cloudcrowd.store.cfg",
        failure);
  }
}
