package org.cloudcrowd.store.jpa.database;

import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Migrates the schema of the database. */
public final class Schema {
  private static final Logger log = LoggerFactory.getLogger(Schema.class);

  private final Flyway flyway;

  public Schema(DataSource pool, Engine engine) {
    flyway =
        Flyway.configure(Schema.class.getClassLoader())
            .dataSource(pool)
            .locations("classpath:org/cloudcrowd/store/migrations/" + engine.migrations())
            .load();
  }

  /**
   * Runs the missing migrations, in one process at a time.
   *
   * @return the version of the schema
   * @throws UnusableDatabaseException if the schema is newer than this program
   */
  public String bringUpToDate() {
    var unknown =
        Arrays.stream(flyway.info().applied())
            .filter(
                migration -> migration.getState().isApplied() && !migration.getState().isResolved())
            .findFirst();
    if (unknown.isPresent()) {
      throw new UnusableDatabaseException(
          "the database's schema is at version "
              + flyway.info().current().getVersion()
              + ", which this program does not know; use the program that made it, or a newer one");
    }
    var done = flyway.migrate();
    if (done.migrationsExecuted > 0) {
      log.info("The database's schema is now at version {}", done.targetSchemaVersion);
    }
    return flyway.info().current().getVersion().toString();
  }
}
