package org.cloudcrowd.store.jpa.derby;

import java.sql.Connection;
import java.sql.SQLException;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens connections to a Derby database; the first one opens the database. */
final class DerbyDataSource extends EmbeddedDataSource {
  private static final long serialVersionUID = 1L;
  private static final Logger log = LoggerFactory.getLogger(DerbyDataSource.class);

  /**
   * The SQL state of the exception with which Derby reports that it has shut down a database as
   * asked.
   */
  private static final String SHUT_DOWN = "08006";

  DerbyDataSource(String directory) {
    setDatabaseName(directory);
    setCreateDatabase("create");
  }

  /**
   * Ignored: the first connection recovers a database whose process was killed, which may take
   * longer than the login timeout that the pool sets.
   */
  @Override
  public void setLoginTimeout(int seconds) {
    // For as long as it takes.
  }

  /**
   * Opens a connection that can write. Derby shuts a database down when it cannot write to it, and
   * opens it read-only while its disk is still full; it then stays read-only. This shuts such a
   * database down, so that the next attempt opens it again.
   *
   * @throws SQLException if it cannot be opened, or only for reading
   */
  @Override
  public synchronized Connection getConnection() throws SQLException {
    var connection = super.getConnection();
    if (!connection.isReadOnly()) {
      return connection;
    }
    connection.close();
    shutDown();
    throw new SQLException(
        "it can only be read: its disk is full, or its files may not be written");
  }

  /** Shuts the database down, so that the next start has nothing to recover. */
  void shutDown() {
    var closing = new EmbeddedDataSource();
    closing.setDatabaseName(getDatabaseName());
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
