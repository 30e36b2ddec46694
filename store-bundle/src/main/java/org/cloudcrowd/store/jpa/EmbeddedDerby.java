package org.cloudcrowd.store.jpa;

import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Derby database that lives in this process. */
final class EmbeddedDerby {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedDerby.class);

  /** What Derby throws when it has shut a database down as it was told. */
  private static final String SHUT_DOWN = "08006";

  private final EmbeddedDataSource dataSource = new EmbeddedDataSource();

  EmbeddedDerby(Path directory) {
    // Derby would write its log into the current directory.
    System.setProperty("derby.stream.error.file", directory.resolveSibling("derby.log").toString());
    dataSource.setDatabaseName(directory.toString());
    dataSource.setCreateDatabase("create");
  }

  DataSource dataSource() {
    return dataSource;
  }

  /** Writes everything to its files, so that the next start has nothing to recover. */
  void shutDown() {
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
