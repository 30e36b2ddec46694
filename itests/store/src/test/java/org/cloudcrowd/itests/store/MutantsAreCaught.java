package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.cloudcrowd.store.jpa.service.StoreMutant;
import org.cloudcrowd.store.state.JobState;
import org.cloudcrowd.store.unit.ClaimedUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds with a mechanism on does not hold with it off: so the tests would see it gone. */
@Tag("full")
class MutantsAreCaught {
  private static final int JOBS = 200;
  private static final int UNITS = 2000;

  private static TestPostgres postgres;

  @BeforeAll
  static void start() throws Exception {
    postgres = new TestPostgres();
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  @Test
  void withoutTheLockOfAJobsRowSomeJobsDoNotEndOnce() throws Exception {
    assertThat(jobsThatDidNotEndOnce(StoreMutant.NONE)).isZero();
    assertThat(jobsThatDidNotEndOnce(StoreMutant.JOB_LOCK_OFF)).isPositive();
  }

  @Test
  void withoutSkipLockedSomeUnitsAreLeasedTwice() throws Exception {
    assertThat(unitsLeasedTwice(StoreMutant.NONE)).isZero();
    assertThat(unitsLeasedTwice(StoreMutant.SKIP_LOCKED_OFF)).isPositive();
  }

  /** Jobs of two units that end together and are merged. */
  private static int jobsThatDidNotEndOnce(StoreMutant mutant) throws Exception {
    var database = mutant.open(postgres.newDatabase());
    try {
      var fixture = new StoreFixture(database);
      int wrong = 0;
      for (int i = 0; i < JOBS; i++) {
        var job = fixture.submit(false, true, "1", "2");
        var units = fixture.claim(fixture.node, 2);
        AtOnce.run(2, unit -> fixture.succeed(units.get(unit), "1"));
        var merges = fixture.claim(fixture.node, 10);
        merges.forEach(merge -> fixture.succeed(merge, "2"));
        boolean ended =
            merges.size() == 1
                && fixture.queries.job(job.id()).progress().state() == JobState.SUCCEEDED;
        wrong += ended ? 0 : 1;
      }
      return wrong;
    } finally {
      database.close();
    }
  }

  private static int unitsLeasedTwice(StoreMutant mutant) throws Exception {
    var database = mutant.open(postgres.newDatabase());
    try {
      var fixture = new StoreFixture(database);
      fixture.submit(IntStream.range(0, UNITS).mapToObj(String::valueOf).toArray(String[]::new));
      List<List<Long>> claimed =
          AtOnce.run(
              4,
              claimer -> {
                var mine = new ArrayList<Long>();
                for (var batch = fixture.claim("node:" + claimer, 25);
                    !batch.isEmpty();
                    batch = fixture.claim("node:" + claimer, 25)) {
                  batch.stream().map(ClaimedUnit::lease).forEach(lease -> mine.add(lease.unitId()));
                }
                return mine;
              });
      var all = claimed.stream().flatMap(List::stream).toList();
      return all.size() - new HashSet<>(all).size();
    } finally {
      database.close();
    }
  }
}
