package org.cloudcrowd.store.jpa.service;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.EntityManagerFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.cloudcrowd.store.StoreFullException;
import org.cloudcrowd.store.jpa.database.Engine;
import org.cloudcrowd.store.jpa.database.Schema;
import org.cloudcrowd.store.jpa.database.Transactions;
import org.cloudcrowd.store.jpa.database.UnusableDatabaseException;
import org.cloudcrowd.store.jpa.derby.DerbyEngine;
import org.cloudcrowd.store.jpa.events.ChangeFeed;
import org.cloudcrowd.store.jpa.events.PublishingTransactions;
import org.cloudcrowd.store.jpa.postgres.PostgresEngine;
import org.eclipse.persistence.config.PersistenceUnitProperties;
import org.eclipse.persistence.jpa.PersistenceProvider;
import org.eclipse.persistence.sessions.DatabaseSession;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.condition.Condition;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open database: its connection pool, its migrated schema, and JPA. */
@Component(
    service = Database.class,
    configurationPid = "org.cloudcrowd.store",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = Database.Configuration.class)
public final class Database {
  private static final Logger log = LoggerFactory.getLogger(Database.class);

  /** The configuration of the database and its pool. */
  @ObjectClassDefinition(
      name = "CloudCrowd store",
      description = "The database of jobs and work units.")
  public @interface Configuration {
    @AttributeDefinition(
        description =
            "The JDBC URL of a PostgreSQL database, which any number of servers may share, such as"
                + " jdbc:postgresql://host/name. Empty is the embedded Derby database, which one"
                + " server alone can use.")
    String url() default "";

    @AttributeDefinition(
        description = "The user of the PostgreSQL database, where the URL has none.")
    String user() default "";

    @AttributeDefinition(
        description =
            "The password of that user; better a variable than the word itself, such as"
                + " ${env:CROWD_DATABASE_PASSWORD}.",
        type = AttributeType.PASSWORD)
    String password() default "";

    @AttributeDefinition(
        description =
            "The directory of the embedded Derby database. It is made where it is missing.")
    String directory();

    @AttributeDefinition(
        name = "pool_size",
        description = "How many connections are kept open.",
        min = "1",
        max = "1000")
    int pool__size() default 10;

    @AttributeDefinition(
        name = "connection_timeout_seconds",
        description = "How long a request waits for a free connection before it fails, in seconds.",
        min = "1",
        max = "3600")
    int connection__timeout__seconds() default 5;

    @AttributeDefinition(
        name = "statement_timeout_seconds",
        description =
            "How long one statement may take in a PostgreSQL database before it fails, in seconds.",
        min = "1",
        max = "3600")
    int statement__timeout__seconds() default 60;

    @AttributeDefinition(
        name = "min_free_disk",
        description =
            "The room on the disk of the embedded database, in MiB, below which no more jobs are"
                + " accepted, so that those that are there can end; 0 is any.",
        min = "0",
        max = "1073741824")
    long min__free__disk() default 100;
  }

  private final Engine engine;
  private final HikariDataSource pool;
  private final EntityManagerFactory entities;
  private final Transactions transactions;
  private final PublishingTransactions publishing;
  private final Clock clock;
  private final ChangeFeed changes;
  private final String schemaVersion;
  private final long minFreeMegabytes;

  /**
   * Opens the database. A fault that an operator can mend is registered as a {@link Condition} with
   * the id {@code org.cloudcrowd.fault}, which ends a container that is starting.
   */
  @Activate
  public Database(Configuration configuration, BundleContext context) {
    this(configuration, fault -> report(fault, context));
  }

  /**
   * Opens the database, creates it where it is embedded and missing, and migrates its schema.
   *
   * @param faults receives, in one line, why it cannot be opened
   * @throws UnusableDatabaseException if it cannot be opened
   */
  public Database(Configuration configuration, Consumer<String> faults) {
    this(engine(configuration, faults), configuration, faults);
  }

  /** As above, with a given engine. */
  Database(Engine engine, Configuration configuration, Consumer<String> faults) {
    this.engine = engine;
    changes = new ChangeFeed(engine.changes());
    minFreeMegabytes = configuration.min__free__disk();
    HikariDataSource opened = null;
    try {
      opened = pool(configuration);
      schemaVersion = new Schema(opened, engine).bringUpToDate();
      clock = engine.clock(opened);
      entities = entityManagers(opened);
      engine.open();
    } catch (RuntimeException e) {
      close(null, opened, engine);
      var unusable = UnusableDatabaseException.of(engine, e);
      faults.accept(unusable.getMessage());
      throw unusable;
    }
    pool = opened;
    transactions = new Transactions(entities, engine.writersAtOnce());
    publishing = new PublishingTransactions(transactions, engine, changes);
    log.info("The database {} is open", engine.description());
  }

  private static void report(String fault, BundleContext context) {
    log.error("{}", fault);
    context.registerService(
        Condition.class,
        Condition.INSTANCE,
        FrameworkUtil.asDictionary(
            Map.of(Condition.CONDITION_ID, "org.cloudcrowd.fault", "message", fault)));
  }

  private static Engine engine(Configuration configuration, Consumer<String> faults) {
    try {
      return engine(configuration);
    } catch (UnusableDatabaseException e) {
      faults.accept(e.getMessage());
      throw e;
    }
  }

  static Engine engine(Configuration configuration) {
    var url = configuration.url().strip();
    return url.isEmpty()
        ? new DerbyEngine(Path.of(configuration.directory()).toAbsolutePath())
        : new PostgresEngine(
            url,
            configuration.user(),
            configuration.password(),
            Duration.ofSeconds(configuration.statement__timeout__seconds()));
  }

  /** Closes the database; operations that still use it fail. */
  @Deactivate
  public void close() {
    close(entities, pool, engine);
  }

  private static void close(EntityManagerFactory entities, HikariDataSource pool, Engine engine) {
    if (entities != null) {
      entities.close();
    }
    if (pool != null) {
      pool.close();
    }
    engine.close();
  }

  /**
   * Checks that there is room for another job.
   *
   * @throws StoreFullException if there is not
   */
  void requireRoom() {
    long free = engine.freeMegabytes();
    if (free < minFreeMegabytes) {
      throw new StoreFullException(
          "only "
              + free
              + " MiB are free on the disk of the database, less than min_free_disk "
              + minFreeMegabytes
              + ": no more jobs are accepted until there is room",
          null);
    }
  }

  Transactions transactions() {
    return transactions;
  }

  PublishingTransactions publishing() {
    return publishing;
  }

  Engine engine() {
    return engine;
  }

  ChangeFeed changes() {
    return changes;
  }

  Clock clock() {
    return clock;
  }

  String schemaVersion() {
    return schemaVersion;
  }

  /** How many connections are in use, and how many there may be. */
  String connections() {
    return pool.getHikariPoolMXBean().getActiveConnections()
        + " of "
        + pool.getMaximumPoolSize()
        + " in use";
  }

  private HikariDataSource pool(Configuration configuration) {
    var pool = new HikariConfig();
    pool.setPoolName("store");
    pool.setDataSource(engine.dataSource());
    pool.setMaximumPoolSize(configuration.pool__size());
    pool.setConnectionTimeout(
        Duration.ofSeconds(configuration.connection__timeout__seconds()).toMillis());
    pool.setAutoCommit(false);
    return new HikariDataSource(pool);
  }

  /**
   * EclipseLink finds the persistence unit by the thread's context class loader, which in a
   * container is arbitrary.
   */
  private EntityManagerFactory entityManagers(HikariDataSource pool) {
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    var ours = Database.class.getClassLoader();
    thread.setContextClassLoader(ours);
    try {
      var factory =
          new PersistenceProvider()
              .createEntityManagerFactory(
                  "cloudcrowd",
                  Map.of(
                      PersistenceUnitProperties.NON_JTA_DATASOURCE,
                      pool,
                      PersistenceUnitProperties.TARGET_DATABASE,
                      engine.platform(),
                      PersistenceUnitProperties.CLASSLOADER,
                      ours));
      // Without a connection EclipseLink would retry three times, 5 s apart; the pool has waited
      // already, as long as configured.
      factory.unwrap(DatabaseSession.class).getLogin().setQueryRetryAttemptCount(0);
      return factory;
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
