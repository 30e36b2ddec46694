package org.cloudcrowd.store.jpa;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.EntityManagerFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.eclipse.persistence.jpa.PersistenceProvider;
import org.flywaydb.core.Flyway;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open database: its pool of connections, its schema brought up to date, and JPA over it. */
@Component(
    service = Database.class,
    configurationPid = "org.cloudcrowd.store",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = Database.Configuration.class)
public final class Database {
  private static final Logger log = LoggerFactory.getLogger(Database.class);

  /** Where the database is and how many connections are kept to it. */
  @ObjectClassDefinition(
      name = "CloudCrowd store",
      description = "The database of jobs and work units.")
  public @interface Configuration {
    /** The key {@code directory}. */
    @AttributeDefinition(
        description =
            "The directory of the embedded Derby database. It is made where it is missing.")
    String directory();

    /** The key {@code pool_size}. */
    @AttributeDefinition(
        name = "pool_size",
        description = "How many connections are kept open.",
        min = "1",
        max = "1000")
    int pool__size() default 10;

    /** The key {@code connection_timeout_seconds}. */
    @AttributeDefinition(
        name = "connection_timeout_seconds",
        description = "How long a request waits for a free connection before it fails, in seconds.",
        min = "1",
        max = "3600")
    int connection__timeout__seconds() default 30;
  }

  private final EmbeddedDerby derby;
  private final HikariDataSource pool;
  private final EntityManagerFactory entities;
  private final Transactions transactions;

  /** Opens the database, makes it where it is missing, and brings its schema up to date. */
  @Activate
  public Database(Configuration configuration) {
    var directory = Path.of(configuration.directory()).toAbsolutePath();
    derby = new EmbeddedDerby(directory);
    try {
      pool = pool(configuration);
      migrate();
      entities = entityManagers();
    } catch (RuntimeException e) {
      close(null, null, derby);
      throw e;
    }
    transactions = new Transactions(entities);
    log.info("The database in {} is open", directory);
  }

  /** Closes the database; work that still uses it fails. */
  @Deactivate
  public void close() {
    close(entities, pool, derby);
  }

  private static void close(
      EntityManagerFactory entities, HikariDataSource pool, EmbeddedDerby derby) {
    if (entities != null) {
      entities.close();
    }
    if (pool != null) {
      pool.close();
    }
    derby.shutDown();
  }

  Transactions transactions() {
    return transactions;
  }

  private HikariDataSource pool(Configuration configuration) {
    var pool = new HikariConfig();
    pool.setPoolName("store");
    pool.setDataSource(derby.dataSource());
    pool.setMaximumPoolSize(configuration.pool__size());
    pool.setConnectionTimeout(
        Duration.ofSeconds(configuration.connection__timeout__seconds()).toMillis());
    pool.setAutoCommit(false);
    return new HikariDataSource(pool);
  }

  private void migrate() {
    var flyway =
        Flyway.configure(Database.class.getClassLoader())
            .dataSource(pool)
            .locations("classpath:org/cloudcrowd/store/migrations/derby")
            .load();
    var done = flyway.migrate();
    if (done.migrationsExecuted > 0) {
      log.info("The database's schema is now at version {}", done.targetSchemaVersion);
    }
  }

  /**
   * EclipseLink looks for the unit's file and classes by the thread's class loader, which in a
   * container is whatever the caller's thread happens to have.
   */
  private EntityManagerFactory entityManagers() {
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    var ours = Database.class.getClassLoader();
    thread.setContextClassLoader(ours);
    try {
      return new PersistenceProvider()
          .createEntityManagerFactory(
              "cloudcrowd",
              Map.of(
                  "jakarta.persistence.nonJtaDataSource", pool, "eclipselink.classloader", ours));
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
