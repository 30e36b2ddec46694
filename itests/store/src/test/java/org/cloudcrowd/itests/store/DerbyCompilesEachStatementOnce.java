package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.cloudcrowd.store.state.AttemptOutcome;
import org.junit.jupiter.api.Test;

/** A statement that has a value in its text is another one, and is compiled, for each value. */
class DerbyCompilesEachStatementOnce {

  @Test
  void becauseNoValueStandsInItsText() throws Exception {
    var configuration = new TestDerby().newDatabase();
    var database = TestDatabase.open(configuration);
    try {
      var fixture = new StoreFixture(database);
      fixture.registry.heard(fixture.node, "run", "{}");
      var job = fixture.submit("1", "2", "3");
      fixture.store.renew(
          fixture.node, fixture.leases(fixture.claim(fixture.node, 3)), StoreFixture.LEASE);
      fixture.store.handBack(fixture.node);
      fixture.fail(fixture.claimOne(), "a fault");
      fixture.end(fixture.claimOne(), AttemptOutcome.WORKER_DIED, "a loss");
      fixture.succeed(fixture.claimOne(), "1");
      fixture.store.cancel(job.id());
      fixture.store.retry(job.id());

      assertThat(statements(configuration.get("directory")))
          .anyMatch(text -> text.startsWith("UPDATE work_units SET ATTEMPT"))
          .noneMatch(text -> text.contains(fixture.node) || text.contains(fixture.action))
          .noneMatch(text -> text.contains("a fault") || text.contains("a loss"));
    } finally {
      database.close();
    }
  }

  private static List<String> statements(String directory) throws SQLException {
    var texts = new ArrayList<String>();
    try (var connection = DriverManager.getConnection("jdbc:derby:" + directory);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select sql_text from syscs_diag.statement_cache")) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
