package org.cloudcrowd.itests.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cloudcrowd.store.jpa.service.Database;
import org.osgi.util.converter.Converters;

/** A kind of database that a test can use. */
public abstract class TestDatabase implements AutoCloseable {
  private Database shared;
  private Map<String, String> configurationOfItsOwn;
  private Database ofItsOwn;

  /** The configuration of a new and empty database. */
  abstract Map<String, String> newDatabase() throws Exception;

  /** A database that all tests share; they keep apart by the names of their actions and nodes. */
  public final synchronized Database shared() throws Exception {
    if (shared == null) {
      shared = open(newDatabase());
    }
    return shared;
  }

  /**
   * A second database, for tests of what changes everything in it. They run one after the other and
   * leave no open work.
   */
  final synchronized Database ofItsOwn() throws Exception {
    if (ofItsOwn == null) {
      configurationOfItsOwn = newDatabase();
      ofItsOwn = open(configurationOfItsOwn);
    }
    return ofItsOwn;
  }

  /** Closes the second database and opens it anew. */
  final synchronized Database reopened() {
    ofItsOwn.close();
    ofItsOwn = open(configurationOfItsOwn);
    return ofItsOwn;
  }

  /** Opens a database as a container with this configuration would. */
  static Database open(Map<String, String> configuration) {
    return open(configuration, new ArrayList<>());
  }

  /** As {@link #open(Map)}, with a list that gets the faults. */
  static Database open(Map<String, String> configuration, List<String> faults) {
    return new Database(
        Converters.standardConverter().convert(configuration).to(Database.Configuration.class),
        faults::add);
  }

  @Override
  public void close() throws Exception {
    if (shared != null) {
      shared.close();
    }
    if (ofItsOwn != null) {
      ofItsOwn.close();
    }
  }
}
