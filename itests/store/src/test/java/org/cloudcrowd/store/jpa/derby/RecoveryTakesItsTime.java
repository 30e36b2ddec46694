package org.cloudcrowd.store.jpa.derby;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTakesItsTime {
  @TempDir Path folder;

  /** A pool sets the time to log in to its own patience, and Derby recovers while one logs in. */
  @Test
  void theTimeToLogInDoesNotEndTheOpeningOfADerbyDatabase() throws Exception {
    try (var engine = new DerbyEngine(folder.resolve("db"))) {
      engine.dataSource().setLoginTimeout(5);

      assertThat(engine.dataSource().getLoginTimeout()).isZero();
      assertThat(engine.dataSource().getConnection()).isNotNull();
    }
  }
}
