package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cloudcrowd.store.ActionCatalog.KnownAction;
import org.cloudcrowd.store.jpa.service.JpaActionCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.osgi.framework.Version;

@OnEveryDatabase
class TheDatabaseIsTheTruth {
  @Parameter TestDatabase databases;

  @Test
  void whatWasStoredIsThereAfterARestart() throws Exception {
    var configuration = databases.newDatabase();
    var before = TestDatabase.open(configuration);
    var fixture = new StoreFixture(before);
    var job = fixture.submit("\"kept\"");
    var claimed = fixture.claimOne();
    new JpaActionCatalog(before).record(List.of(known("count", false, true, null)));
    before.close();

    var after = TestDatabase.open(configuration);
    try {
      assertThat(new StoreFixture(after).queries.job(job.id())).isEqualTo(job);
      assertThat(new StoreFixture(after).succeed(claimed, "1").rejected()).isEmpty();
      assertThat(new JpaActionCatalog(after).versions("count"))
          .containsExactly(known("count", false, true, null));
      assertThat(new JpaActionCatalog(after).versions("other")).isEmpty();
    } finally {
      after.close();
    }
  }

  @Test
  void anActionsStagesAreThoseOfItsLatestOffer() throws Exception {
    var database = TestDatabase.open(databases.newDatabase());
    try {
      var catalog = new JpaActionCatalog(database);
      catalog.record(List.of(known("b", false, false, null), known("a", true, true, null)));
      catalog.record(List.of(known("b", false, true, "{}")));

      assertThat(catalog.names()).containsExactly("a", "b");
      assertThat(catalog.versions("a")).containsExactly(known("a", true, true, null));
      assertThat(catalog.versions("b")).containsExactly(known("b", false, true, "{}"));
    } finally {
      database.close();
    }
  }

  private static KnownAction known(String name, boolean splits, boolean merges, String schema) {
    return new KnownAction(name, new Version("1.0.0"), splits, merges, schema);
  }
}
