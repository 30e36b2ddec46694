package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.store.ChartQueries.Span;
import org.cloudcrowd.store.ChartQueries.UnitInState;
import org.cloudcrowd.store.state.AttemptOutcome;
import org.cloudcrowd.store.state.UnitState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OnEveryDatabase
class ChartsAreReadInOnePass {
  @Parameter TestDatabase database;
  private StoreFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new StoreFixture(database.shared());
  }

  @Test
  void theStatesOfAllUnitsAndWhenTheirAttemptsWereUnderWay() {
    var job = fixture.submit("1", "2", "3");
    var begun = fixture.now;
    var claimed = fixture.claim(fixture.node, 2);
    var other = fixture.submit("4");
    fixture.now = begun.plus(Duration.ofSeconds(2));
    fixture.fail(claimed.get(0), "no");
    var ended = fixture.now;

    assertThat(fixture.charts.states(job.id()))
        .extracting(UnitInState::stage, UnitInState::state)
        .containsExactly(
            tuple(Stage.PROCESS, UnitState.QUEUED),
            tuple(Stage.PROCESS, UnitState.RUNNING),
            tuple(Stage.PROCESS, UnitState.QUEUED));
    assertThat(fixture.charts.states(job.id()).get(1).unitId())
        .isEqualTo(claimed.get(1).lease().unitId());
    assertThat(fixture.charts.spans(job.id()))
        .containsExactlyInAnyOrder(
            new Span(fixture.node, begun, ended, AttemptOutcome.FAILED),
            new Span(fixture.node, begun, null, null));
    assertThat(fixture.charts.spans(other.id())).isEmpty();
    assertThat(fixture.charts.states(other.id())).hasSize(1);
  }
}
