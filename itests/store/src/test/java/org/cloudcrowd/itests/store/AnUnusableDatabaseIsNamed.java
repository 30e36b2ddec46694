package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cloudcrowd.store.jpa.database.UnusableDatabaseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OnEveryDatabase
class AnUnusableDatabaseIsNamed {
  @Parameter TestDatabase database;

  private static String fault(Map<String, String> configuration) {
    List<String> faults = new ArrayList<>();
    assertThatThrownBy(() -> TestDatabase.open(configuration, faults))
        .isInstanceOf(UnusableDatabaseException.class);
    assertThat(faults).hasSize(1);
    assertThat(faults.get(0)).doesNotContain("\n", "Exception");
    return faults.get(0);
  }

  private static Map<String, String> changed(
      Map<String, String> configuration, String key, String value) {
    var changed = new HashMap<>(configuration);
    changed.put(key, value);
    return changed;
  }

  @Test
  void aSchemaOfANewerProgram() throws Exception {
    var configuration = database.newDatabase();
    TestDatabase.open(configuration).close();
    try (var connection =
            DriverManager.getConnection(
                configuration.containsKey("url")
                    ? configuration.get("url") + "&user=postgres"
                    : "jdbc:derby:" + configuration.get("directory"));
        var statement = connection.createStatement()) {
      statement.execute(
          "insert into \"flyway_schema_history\" (\"installed_rank\", \"version\","
              + " \"description\", \"type\", \"script\", \"installed_by\", \"execution_time\","
              + " \"success\") values (99, '99', 'later', 'SQL', 'V99__later.sql', 'x', 1, true)");
    }

    assertThat(fault(configuration))
        .contains("schema is at version 99, which this program does not know");
  }

  @Test
  void aWrongAddressOrPassword() throws Exception {
    var configuration = database.newDatabase();
    if (configuration.containsKey("url")) {
      var impatient = changed(configuration, "connection_timeout_seconds", "1");
      assertThat(fault(changed(impatient, "url", "jdbc:postgresql://127.0.0.1:1/crowd")))
          .contains(
              "the database 127.0.0.1/crowd cannot be opened", "etc/org.cloudcrowd.store.cfg");
      assertThat(fault(changed(impatient, "user", "nobody"))).contains("\"nobody\"");
      assertThat(fault(changed(impatient, "url", "jdbc:postgresql://no.such.host.invalid/crowd")))
          .contains("cannot be opened: there is no host no.such.host.invalid; see");
      assertThat(fault(changed(impatient, "url", "jdbc:postgresql://127.0.0.1:port/crowd")))
          .startsWith(
              "the database's URL has a port that is none, and must be as jdbc:postgresql:");
    } else {
      assertThat(fault(Map.of("directory", "/proc/nowhere/db"))).contains("/proc/nowhere/db");
    }
  }
}
