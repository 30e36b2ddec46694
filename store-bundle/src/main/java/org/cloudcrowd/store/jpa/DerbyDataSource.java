package org.cloudcrowd.store.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens connections to a Derby database, and the database with the first. */
final class DerbyDataSource extends EmbeddedDataSource {
  private static final long serialVersionUID = 1L;
  private static final Logger log = LoggerFactory.getLogger(DerbyDataSource.class);

  /** What Derby throws when it has shut a database down as it was told. */
  private static final String SHUT_DOWN = "08006";

  DerbyDataSource(String directory) {
    setDatabaseName(directory);
    setCreateDatabase("create");
  }

  /**
   * The first connection recovers a database whose process was killed, which may take longer than
   * the pool lets a request wait; the pool would pass that on as the time to log in.
   */
  @Override
  public void setLoginTimeout(int seconds) {
    // For as long as it takes.
  }

  /**
   * Opens a connection that can write. Derby shuts a database down where it cannot write to it, and
   * opens it again for reading alone while its disk is still full; it then stays so, however much
   * room there is later. Such a database is shut down, for the next try to open it anew.
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

  /** Writes everything to its files, so that the next start has nothing to recover. */
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
