package org.cloudcrowd.store.jpa.postgres;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.cloudcrowd.store.jpa.database.MonotonicClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clock of the database, the same for every process that uses it.
 *
 * <p>It queries the database now and then, and adds the time of this process's monotonic clock in
 * between, so that transactions need no query; the system clock of this machine is not used.
 */
final class PostgresClock extends Clock {
  private static final Logger log = LoggerFactory.getLogger(PostgresClock.class);
  private static final long ASK_AFTER_NANOS = Duration.ofSeconds(10).toNanos();

  private final DataSource pool;
  private volatile MonotonicClock carriedOn;

  PostgresClock(DataSource pool) {
    this.pool = pool;
    try {
      carriedOn = ask();
    } catch (SQLException e) {
      throw new IllegalStateException("the database does not tell the time: " + e.getMessage(), e);
    }
  }

  private MonotonicClock ask() throws SQLException {
    try (var connection = pool.getConnection();
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)")) {
      row.next();
      return new MonotonicClock(Instant.ofEpochMilli(row.getLong(1)));
    }
  }

  @Override
  public Instant instant() {
    var known = carriedOn;
    if (known.elapsedNanos() > ASK_AFTER_NANOS) {
      known = askAgain();
    }
    return known.instant();
  }

  private synchronized MonotonicClock askAgain() {
    if (carriedOn.elapsedNanos() <= ASK_AFTER_NANOS) {
      // Another thread has just queried it.
      return carriedOn;
    }
    try {
      carriedOn = ask();
    } catch (SQLException e) {
      // The transaction that needs the time reports the fault, if there still is one.
      log.debug("The database does not tell the time", e);
    }
    return carriedOn;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return zone.equals(ZoneOffset.UTC) ? this : Clock.fixed(instant(), zone);
  }
}
