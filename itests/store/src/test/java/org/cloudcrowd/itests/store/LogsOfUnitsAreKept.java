package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.store.UnitLogs.UnitLog;
import org.cloudcrowd.store.unit.Runner;
import org.cloudcrowd.store.unit.UnitResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OnEveryDatabase
class LogsOfUnitsAreKept {
  @Parameter TestDatabase database;
  private StoreFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new StoreFixture(database.shared());
  }

  @Test
  void theLaterLogOfAnAttemptStaysWhicheverComesFirst() {
    fixture.submit("1");
    long unit = fixture.claimOne().lease().unitId();
    assertThat(fixture.logs.find(unit, null)).isNull();

    fixture.logs.keep(List.of(new UnitLog(unit, 1, 6, "begin\n")));
    assertThat(fixture.logs.find(unit, null).text()).isEqualTo("begin\n");
    fixture.logs.keep(List.of(new UnitLog(unit, 1, 10, "begin\nend\n")));
    fixture.logs.keep(List.of(new UnitLog(unit, 1, 6, "begin\n")));

    assertThat(fixture.logs.find(unit, 1)).isEqualTo(new UnitLog(unit, 1, 10, "begin\nend\n"));
  }

  @Test
  void eachAttemptHasItsOwnAndTheLastIsShown() {
    fixture.submit("1");
    long unit = fixture.claimOne().lease().unitId();
    fixture.logs.keep(List.of(new UnitLog(unit, 2, 4, "two\n"), new UnitLog(unit, 1, 4, "one\n")));

    assertThat(fixture.logs.find(unit, null).text()).isEqualTo("two\n");
    assertThat(fixture.logs.find(unit, 1).text()).isEqualTo("one\n");
    assertThat(fixture.logs.find(unit, 3)).isNull();
  }

  @Test
  void theyGoWithTheirJobAndComeNotAfterIt() {
    var job = fixture.submit("1");
    long unit = fixture.claimOne().lease().unitId();
    var log = new UnitLog(unit, 1, 4, "one\n");
    fixture.logs.keep(List.of(log));
    fixture.store.delete(job.id(), StoreFixture.LEASE);

    fixture.logs.keep(List.of(log, new UnitLog(-1, 1, 4, "one\n")));

    assertThat(fixture.logs.find(unit, null)).isNull();
  }

  @Test
  void whatAnAttemptPrintedIsKeptWithItsResultAndWhereThatIsRefused() {
    fixture.submit(true, false, "1");
    var split = fixture.claimOne().lease();
    var parts = List.<UnitResult>of(new UnitResult.Split(split, Runner.UNKNOWN, List.of("1", "2")));
    var splitLog = new UnitLog(split.unitId(), 1, 6, "split\n");
    assertThat(fixture.store.complete(parts, List.of(splitLog)).rejected()).isEmpty();
    var lease = fixture.claimOne().lease();
    fixture.logs.keep(List.of(new UnitLog(lease.unitId(), 1, 6, "begin\n")));
    var stale = new Lease(fixture.claimOne().lease().unitId(), 1, "guessed");

    var completion =
        fixture.store.complete(
            List.of(
                new UnitResult.Succeeded(lease, Runner.UNKNOWN, "1"),
                new UnitResult.Succeeded(stale, Runner.UNKNOWN, "2")),
            List.of(
                new UnitLog(lease.unitId(), 1, 10, "begin\nend\n"),
                new UnitLog(stale.unitId(), 1, 6, "stale\n"),
                new UnitLog(-1, 1, 4, "one\n")));

    assertThat(completion.rejected()).containsExactly(stale);
    assertThat(fixture.logs.find(split.unitId(), 1)).isEqualTo(splitLog);
    assertThat(fixture.logs.find(lease.unitId(), 1).text()).isEqualTo("begin\nend\n");
    assertThat(fixture.logs.find(stale.unitId(), 1).text()).isEqualTo("stale\n");
  }

  @Test
  void theLogOfASplitUnitStaysWhenItsPartsStandInItsPlace() {
    fixture.submit(true, false, "1");
    var split = fixture.claimOne();
    fixture.logs.keep(List.of(new UnitLog(split.lease().unitId(), 1, 4, "one\n")));
    fixture.split(split, "1", "2");

    assertThat(fixture.logs.find(split.lease().unitId(), null).text()).isEqualTo("one\n");
  }
}
