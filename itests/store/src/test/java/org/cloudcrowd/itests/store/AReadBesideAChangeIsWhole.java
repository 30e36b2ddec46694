package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cloudcrowd.store.WorkQueries.JobDetails;
import org.cloudcrowd.store.WorkQueries.UnitDetails;
import org.cloudcrowd.store.state.AttemptOutcome;
import org.cloudcrowd.store.state.JobState;
import org.cloudcrowd.store.state.UnitState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** What is read of a job or a unit is as it was at one moment, whatever changes meanwhile. */
@OnEveryDatabase
class AReadBesideAChangeIsWhole {
  private static final int READS = 300;
  private static final int UNITS = 20;

  @Parameter TestDatabase database;
  private StoreFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new StoreFixture(database.shared());
  }

  @Test
  void ofAJobThatIsCancelledAndTriedAgain() throws Exception {
    var job = fixture.submit(new String[] {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"});
    var ended = new AtomicBoolean();
    var changes =
        CompletableFuture.runAsync(
            () -> {
              while (!ended.get()) {
                fixture.store.cancel(job.id());
                fixture.store.retry(job.id());
              }
            });

    int complete = 0;
    try {
      for (int i = 0; i < READS || complete == 0; i++) {
        var details = fixture.queries.details(job.id(), 10);
        assertWhole(details);
        complete += details.outputs() == null ? 0 : 1;
      }
    } finally {
      ended.set(true);
      changes.join();
    }
    assertThat(complete).isPositive();
  }

  private static void assertWhole(JobDetails details) {
    var state = details.job().progress().state();
    assertThat(state).isIn(JobState.CANCELLED, JobState.PROCESSING);
    if (state == JobState.CANCELLED) {
      assertThat(details.outputs())
          .hasSize(10)
          .allSatisfy(end -> assertThat(end.message()).isEqualTo("cancelled"));
    } else {
      assertThat(details.outputs()).isNull();
    }
  }

  @Test
  void ofUnitsThatFailAndSucceed() throws Exception {
    for (int i = 0; i < UNITS; i++) {
      fixture.submit("1");
      var first = fixture.claimOne();
      long unit = first.lease().unitId();
      var changes =
          CompletableFuture.runAsync(
              () -> {
                fixture.end(first, AttemptOutcome.FAILED, "odd");
                fixture.succeed(fixture.claimOne(), "1");
              });
      do {
        assertWhole(fixture.queries.unitDetails(unit));
      } while (!changes.isDone());
      changes.join();
    }
  }

  private static void assertWhole(UnitDetails details) {
    var state = details.unit().state();
    int attempts = details.attempts().size();
    assertThat(details.unit().attempts()).isEqualTo(attempts == 0 ? 0 : 1);
    assertThat(attempts == 2).isEqualTo(state == UnitState.SUCCEEDED);
  }
}
