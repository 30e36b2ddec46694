package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.cloudcrowd.store.job.Job;
import org.cloudcrowd.store.state.JobState;
import org.cloudcrowd.store.unit.ClaimedUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OnEveryDatabase
class ConcurrencyKeepsCounts {
  @Parameter TestDatabase database;
  private StoreFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new StoreFixture(database.shared());
  }

  @Test
  void fourClaimersNeverGetTheSameUnit() throws Exception {
    fixture.submit(IntStream.range(0, 800).mapToObj(Integer::toString).toArray(String[]::new));

    var claimed =
        AtOnce.run(
            4,
            i -> {
              var mine = new ArrayList<ClaimedUnit>();
              for (var batch = fixture.claim("node:" + i, 25);
                  !batch.isEmpty();
                  batch = fixture.claim("node:" + i, 25)) {
                mine.addAll(batch);
              }
              return mine;
            });

    var units = claimed.stream().flatMap(List::stream).map(unit -> unit.lease().unitId()).toList();
    assertThat(units).hasSize(800).doesNotHaveDuplicates();
  }

  @Test
  void mergeIsQueuedOnceHoweverManyUnitsEndTogether() throws Exception {
    for (int round = 0; round < 100; round++) {
      Job job = fixture.submit(false, true, "1", "2");
      var units = fixture.claim(fixture.node, 2);

      var completions = AtOnce.run(2, i -> fixture.succeed(units.get(i), "1"));

      assertThat(completions).allSatisfy(done -> assertThat(done.rejected()).isEmpty());
      var merges = fixture.claim(fixture.node, 10);
      assertThat(merges).hasSize(1);
      fixture.succeed(merges.get(0), "2");
      assertThat(fixture.queries.job(job.id()).progress().state()).isEqualTo(JobState.SUCCEEDED);
    }
  }

  @Test
  void twoReportsOfOneResultCountOnce() throws Exception {
    for (int round = 0; round < 50; round++) {
      Job job = fixture.submit("1", "2");
      var unit = fixture.claim(fixture.node, 2).get(0);

      var completions = AtOnce.run(2, i -> fixture.succeed(unit, "1"));

      assertThat(completions)
          .extracting(done -> done.rejected().size())
          .containsExactlyInAnyOrder(0, 1);
      assertThat(fixture.queries.job(job.id()).progress().succeeded()).isEqualTo(1);
    }
  }
}
