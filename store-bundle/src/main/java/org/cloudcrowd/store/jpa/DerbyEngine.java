package org.cloudcrowd.store.jpa;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import javax.sql.DataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Derby database that lives in this process, and that no other can open meanwhile. */
final class DerbyEngine implements Engine {
  private static final Logger log = LoggerFactory.getLogger(DerbyEngine.class);

  /** What Derby throws when it has shut a database down as it was told. */
  private static final String SHUT_DOWN = "08006";

  private final EmbeddedDataSource dataSource = new PatientDataSource();
  private final QueueSignals signals = new LocalSignals();

  /**
   * The first connection recovers a database whose process was killed, which may take longer than
   * the pool lets a request wait; the pool would pass that on as the time to log in.
   */
  private static final class PatientDataSource extends EmbeddedDataSource {
    private static final long serialVersionUID = 1L;

    @Override
    public void setLoginTimeout(int seconds) {
      // For as long as it takes.
    }
  }

  DerbyEngine(Path directory) {
    // Derby would write its log into the current directory.
    System.setProperty("derby.stream.error.file", directory.resolveSibling("derby.log").toString());
    dataSource.setDatabaseName(directory.toString());
    dataSource.setCreateDatabase("create");
  }

  @Override
  public String description() {
    return dataSource.getDatabaseName();
  }

  @Override
  public DataSource dataSource() {
    return dataSource;
  }

  @Override
  public String migrations() {
    return "derby";
  }

  @Override
  public boolean isShared() {
    return false;
  }

  /**
   * One. Derby locks what its statements pass on the way, in whatever order an index gives, so two
   * that change the same job would wait for each other until a timeout of seconds ends one; and a
   * transaction that has changed 5,000 rows locks the whole table for itself anyway.
   */
  @Override
  public int writersAtOnce() {
    return 1;
  }

  @Override
  public Clock clock(DataSource pool) {
    return new MonotonicClock();
  }

  @Override
  public Claims claims() {
    return new DerbyClaims();
  }

  @Override
  public QueueSignals signals() {
    return signals;
  }

  @Override
  public String turnInService() {
    return "select max(turn) from work_units where state = 'RUNNING' with ur";
  }

  @Override
  public void open() {
    // Nothing goes on beside the transactions.
  }

  /** Writes everything to its files, so that the next start has nothing to recover. */
  @Override
  public void close() {
    var closing = new EmbeddedDataSource();
    closing.setDatabaseName(dataSource.getDatabaseName());
    closing.setShutdownDatabase("shutdown");
    try {
      closing.getConnection().close();
    } catch (SQLException e) {
      if (!SHUT_DOWN.equals(e.getSQLState())) {
        log.warn("The database did not shut down cleanly: {}", e.getMessage());
      }
    }
  }
}
