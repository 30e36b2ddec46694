package org.cloudcrowd.store.jpa.postgres;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.cloudcrowd.store.jpa.database.ChangeSignals;
import org.cloudcrowd.store.jpa.database.Claims;
import org.cloudcrowd.store.jpa.database.Engine;
import org.cloudcrowd.store.jpa.database.QueueSignals;
import org.cloudcrowd.store.jpa.database.UnusableDatabaseException;
import org.eclipse.persistence.config.TargetDatabase;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL server, 15 or later, which any number of processes share. */
public final class PostgresEngine implements Engine {
  private static final int MAX_PORT = 65535;
  private static final String RIGHT =
      ", and must be as jdbc:postgresql://HOST:5432/NAME; see --database, or url in"
          + " etc/org.cloudcrowd.store.cfg";
  private static final String PREFIX = "jdbc:postgresql://";
  private static final Pattern HOSTS = Pattern.compile(Pattern.quote(PREFIX) + "([^/?]*)");

  private final PGSimpleDataSource dataSource = new PGSimpleDataSource();
  private final PostgresSignals signals;

  public PostgresEngine(String url, String user, String password, Duration statementTimeout) {
    if (!hasPorts(url)) {
      throw new UnusableDatabaseException("the database's URL has a port that is none" + RIGHT);
    }
    try {
      dataSource.setUrl(url);
    } catch (IllegalArgumentException e) {
      throw new UnusableDatabaseException(wrong(url));
    }
    if (!user.isBlank()) {
      dataSource.setUser(user);
    }
    if (!password.isEmpty()) {
      dataSource.setPassword(password);
    }
    dataSource.setApplicationName("cloudcrowd");
    dataSource.setTcpKeepAlive(true);
    dataSource.setOptions("-c statement_timeout=" + statementTimeout.toMillis());
    // For a server that is gone; a live one ends statements that take too long.
    dataSource.setSocketTimeout((int) statementTimeout.plusSeconds(5).toSeconds());
    signals = new PostgresSignals(dataSource);
  }

  /** Checks the ports of the hosts; the driver reports invalid ones to its own log only. */
  private static boolean hasPorts(String url) {
    var hosts = HOSTS.matcher(url);
    return !hosts.lookingAt()
        || Stream.of(hosts.group(1).split(",", -1))
            .map(host -> host.substring(host.lastIndexOf(']') + 1))
            .filter(host -> host.indexOf(':') >= 0)
            .map(host -> host.substring(host.lastIndexOf(':') + 1))
            .filter(port -> !port.isEmpty())
            .allMatch(port -> port.matches("[0-9]{1,5}") && Integer.parseInt(port) <= MAX_PORT);
  }

  /** What is wrong with a URL, without what may be a password. */
  private static String wrong(String url) {
    return "the database's URL "
        + (url.contains("://")
            ? url.startsWith(PREFIX)
                ? "cannot be read"
                : "begins with " + url.substring(0, url.indexOf("://") + 3)
            : "is none")
        + RIGHT;
  }

  @Override
  public String description() {
    return String.join(",", dataSource.getServerNames()) + "/" + dataSource.getDatabaseName();
  }

  @Override
  public DataSource dataSource() {
    return dataSource;
  }

  @Override
  public String platform() {
    return TargetDatabase.Auto;
  }

  @Override
  public String migrations() {
    return "postgresql";
  }

  @Override
  public boolean isShared() {
    return true;
  }

  /** Any number: the connections of the pool are the limit. */
  @Override
  public int writersAtOnce() {
    return Integer.MAX_VALUE;
  }

  @Override
  public Clock clock(DataSource pool) {
    return new PostgresClock(pool);
  }

  @Override
  public Claims claims() {
    return new PostgresClaims();
  }

  @Override
  public QueueSignals signals() {
    return signals;
  }

  @Override
  public ChangeSignals changes() {
    return signals;
  }

  @Override
  public String tagInService() {
    return "select max(fairness_tag) from work_units where state = 'RUNNING'";
  }

  /** The pool resets the isolation when the connection is returned. */
  @Override
  public void beginSnapshot(EntityManager entities, long jobId) {
    try {
      entities
          .unwrap(Connection.class)
          .setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    } catch (SQLException e) {
      throw new PersistenceException(e);
    }
  }

  /** The server knows its disk, and refuses writes without room. */
  @Override
  public long freeMegabytes() {
    return Long.MAX_VALUE;
  }

  @Override
  public void open() {
    signals.open();
  }

  @Override
  public void close() {
    signals.close();
  }
}
