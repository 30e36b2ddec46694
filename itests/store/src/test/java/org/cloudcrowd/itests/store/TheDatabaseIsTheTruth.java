package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cloudcrowd.store.ActionCatalog.KnownAction;
import org.cloudcrowd.store.jpa.JpaActionCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OnEveryDatabase
class TheDatabaseIsTheTruth {
  @Parameter TestDatabase databases;

  @Test
  void whatWasStoredIsThereAfterARestart() throws Exception {
    var configuration = databases.newDatabase();
    var before = TestDatabase.open(configuration);
    var fixture = new StoreFixture(before);
    var job = fixture.submit("\"kept\"");
    var lent = fixture.claimOne();
    new JpaActionCatalog(before).offer(List.of(new KnownAction("count", false, true, null)));
    before.close();

    var after = TestDatabase.open(configuration);
    try {
      assertThat(new StoreFixture(after).queries.job(job.id())).isEqualTo(job);
      assertThat(new StoreFixture(after).succeed(lent, "1").refused()).isEmpty();
      assertThat(new JpaActionCatalog(after).find("count"))
          .isEqualTo(new KnownAction("count", false, true, null));
      assertThat(new JpaActionCatalog(after).find("other")).isNull();
    } finally {
      after.close();
    }
  }

  @Test
  void anActionsStagesAreThoseOfItsLatestOffer() throws Exception {
    var database = TestDatabase.open(databases.newDatabase());
    try {
      var catalog = new JpaActionCatalog(database);
      catalog.offer(
          List.of(
              new KnownAction("b", false, false, null), new KnownAction("a", true, true, null)));
      catalog.offer(List.of(new KnownAction("b", false, true, "{}")));

      assertThat(catalog.all())
          .containsExactly(
              new KnownAction("a", true, true, null), new KnownAction("b", false, true, "{}"));
    } finally {
      database.close();
    }
  }
}
