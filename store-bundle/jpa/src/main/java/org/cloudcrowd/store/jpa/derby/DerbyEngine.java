package org.cloudcrowd.store.jpa.derby;

import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import javax.sql.DataSource;
import org.cloudcrowd.store.jpa.database.ChangeSignals;
import org.cloudcrowd.store.jpa.database.Claims;
import org.cloudcrowd.store.jpa.database.Engine;
import org.cloudcrowd.store.jpa.database.LocalSignals;
import org.cloudcrowd.store.jpa.database.MonotonicClock;
import org.cloudcrowd.store.jpa.database.QueueSignals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Derby database that is embedded in this process; no other process can open it meanwhile. */
public final class DerbyEngine implements Engine {
  private static final Logger log = LoggerFactory.getLogger(DerbyEngine.class);
  private static final long BYTES_PER_MEGABYTE = 1L << 20;

  private final DerbyDataSource dataSource;
  private final LocalSignals signals = new LocalSignals();

  public DerbyEngine(Path directory) {
    // Derby would write its log into the current directory.
    System.setProperty("derby.stream.error.file", directory.resolveSibling("derby.log").toString());
    dataSource = new DerbyDataSource(directory.toString());
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
  public String platform() {
    return BindingDerbyPlatform.class.getName();
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
   * One. Derby locks every row that a statement visits, in the order of an index, so two
   * transactions that change the same job would deadlock until a timeout of seconds ends one; and a
   * transaction that has changed 5,000 rows locks the whole table anyway.
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
  public ChangeSignals changes() {
    return signals;
  }

  @Override
  public String tagInService() {
    return "select max(fairness_tag) from work_units where state = 'RUNNING' with ur";
  }

  @Override
  public void open() {
    // There are no background threads.
  }

  /**
   * Locks the job's row until the transaction ends, as every transaction that completes its units
   * does. A shared lock would not do, because Derby grants an update lock beside it, nor would a
   * lock on each unit, of which there may be many.
   */
  @Override
  public void beginSnapshot(EntityManager entities, long jobId) {
    // Otherwise each query would be a transaction of its own.
    var unused = entities.unwrap(Connection.class);
    entities
        .createNativeQuery("select id from jobs where id = ?1 for update with rs")
        .setParameter(1, jobId)
        .getResultList();
  }

  @Override
  public long freeMegabytes() {
    try {
      return Files.getFileStore(Path.of(dataSource.getDatabaseName())).getUsableSpace()
          / BYTES_PER_MEGABYTE;
    } catch (IOException e) {
      log.debug("The disk of the database does not tell its room", e);
      return Long.MAX_VALUE;
    }
  }

  @Override
  public void close() {
    dataSource.shutDown();
  }
}
