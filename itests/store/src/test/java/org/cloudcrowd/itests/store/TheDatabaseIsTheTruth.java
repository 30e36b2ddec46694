package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.cloudcrowd.store.ActionCatalog.KnownAction;
import org.cloudcrowd.store.jpa.Database;
import org.cloudcrowd.store.jpa.JpaActionCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TheDatabaseIsTheTruth {
  @TempDir Path folder;

  @Test
  void whatWasStoredIsThereAfterARestart() {
    var directory = folder.resolve("db");
    var before = new Database(DerbyExtension.configuration(directory));
    var fixture = new StoreFixture(before);
    var job = fixture.submit("\"kept\"");
    var lent = fixture.claimOne();
    new JpaActionCatalog(before).offer(List.of(new KnownAction("count", false, true)));
    before.close();

    var after = new Database(DerbyExtension.configuration(directory));
    try {
      assertThat(new StoreFixture(after).queries.job(job.id())).isEqualTo(job);
      assertThat(new StoreFixture(after).succeed(lent, "1").refused()).isEmpty();
      assertThat(new JpaActionCatalog(after).find("count"))
          .isEqualTo(new KnownAction("count", false, true));
      assertThat(new JpaActionCatalog(after).find("other")).isNull();
    } finally {
      after.close();
    }
  }

  @Test
  void anActionsStagesAreThoseOfItsLatestOffer() {
    var database = new Database(DerbyExtension.configuration(folder.resolve("db")));
    try {
      var catalog = new JpaActionCatalog(database);
      catalog.offer(List.of(new KnownAction("b", false, false), new KnownAction("a", true, true)));
      catalog.offer(List.of(new KnownAction("b", false, true)));

      assertThat(catalog.all())
          .containsExactly(new KnownAction("a", true, true), new KnownAction("b", false, true));
    } finally {
      database.close();
    }
  }
}
