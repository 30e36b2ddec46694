package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.cloudcrowd.store.Change;
import org.cloudcrowd.store.Change.ChangedUnit;
import org.cloudcrowd.store.job.Job;
import org.cloudcrowd.store.jpa.service.JpaChanges;
import org.cloudcrowd.store.state.UnitState;
import org.cloudcrowd.store.unit.ClaimedUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OnEveryDatabase
class ChangesAreTold {
  @Parameter TestDatabase database;
  private StoreFixture fixture;
  private JpaChanges changes;
  private Runnable unsubscribe;
  private final List<Change> heard = new CopyOnWriteArrayList<>();

  @BeforeEach
  void open() throws Exception {
    fixture = new StoreFixture(database.shared());
    changes = new JpaChanges(database.shared());
    unsubscribe = changes.onChange(heard::add);
  }

  @AfterEach
  void listenNoMore() {
    unsubscribe.run();
  }

  private long told(Job job) {
    return heard.stream()
        .filter(change -> change instanceof Change.OfJobs jobs && jobs.jobIds().contains(job.id()))
        .count();
  }

  private void awaitTold(Job job, int times) {
    await("change " + times + " of job " + job.id()).until(() -> told(job) >= times);
    assertThat(told(job)).isEqualTo(times);
  }

  private List<ChangedUnit> unitsTold(Job job) {
    var units = new ArrayList<ChangedUnit>();
    for (Change change : heard) {
      if (change instanceof Change.OfUnits of && of.jobId() == job.id()) {
        units.addAll(of.units());
      }
    }
    return units;
  }

  private void watch() {
    changes.watch();
    await().until(changes::isWatched);
  }

  @Test
  void everyChangeOfAJobIsToldOnce() {
    var job = fixture.submit(false, true, "1");
    awaitTold(job, 1);
    fixture.succeed(fixture.claimOne(), "1");
    awaitTold(job, 2);
    fixture.fail(fixture.claimOne(), "once");
    fixture.fail(fixture.claimOne(), "twice");
    fixture.fail(fixture.claimOne(), "for good");
    awaitTold(job, 3);
    fixture.store.retry(job.id());
    awaitTold(job, 4);
    fixture.store.cancel(job.id());
    awaitTold(job, 5);
    fixture.store.delete(job.id(), Duration.ZERO);
    awaitTold(job, 6);
  }

  @Test
  void whereSomebodyWatchesUnitsAreToldOfToo() {
    watch();
    var job = fixture.submit("1", "2");
    var units = fixture.claim(fixture.node, 2);
    fixture.succeed(units.get(0), "1");
    fixture.fail(units.get(1), "once");
    var again = fixture.claimOne();
    fixture.store.release(List.of(again.lease()));
    var told =
        List.of(
            new ChangedUnit(units.get(0).lease().unitId(), UnitState.RUNNING, fixture.node),
            new ChangedUnit(units.get(1).lease().unitId(), UnitState.RUNNING, fixture.node),
            new ChangedUnit(units.get(0).lease().unitId(), UnitState.SUCCEEDED, null),
            new ChangedUnit(units.get(1).lease().unitId(), UnitState.QUEUED, null),
            new ChangedUnit(again.lease().unitId(), UnitState.RUNNING, fixture.node),
            new ChangedUnit(again.lease().unitId(), UnitState.QUEUED, null));

    await().until(() -> unitsTold(job).size() == told.size());
    assertThat(unitsTold(job)).isEqualTo(told);
  }

  @Test
  void aThousandUnitsAreMoreThanOneMessageAndAllAreToldOf() {
    watch();
    var job =
        fixture.submit(IntStream.range(0, 1000).mapToObj(String::valueOf).toArray(String[]::new));
    var ids =
        fixture.claim(fixture.node, 1000).stream()
            .map(ClaimedUnit::lease)
            .map(lease -> lease.unitId())
            .toList();

    await().until(() -> unitsTold(job).size() == ids.size());
    assertThat(unitsTold(job)).extracting(ChangedUnit::unitId).isEqualTo(ids);
  }

  @Test
  void whatWasUndoneIsNotToldOf() {
    var job = fixture.submit("1");
    awaitTold(job, 1);
    assertThat(fixture.store.cancel(Long.MAX_VALUE)).isNull();
    fixture.store.cancel(job.id());
    awaitTold(job, 2);
    assertThat(catchThrowable(() -> fixture.store.cancel(job.id())))
        .hasMessageContaining("cannot change from CANCELLED");
    var next = fixture.submit("1");
    awaitTold(next, 1);
    assertThat(told(job)).isEqualTo(2);
  }
}
