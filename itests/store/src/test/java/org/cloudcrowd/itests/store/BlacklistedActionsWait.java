package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.cloudcrowd.store.Blacklist.Entry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OnEveryDatabase
class BlacklistedActionsWait {
  @Parameter TestDatabase database;
  private StoreFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new StoreFixture(database.shared());
  }

  @AfterEach
  void clean() {
    fixture.blacklist.remove(fixture.action);
  }

  @Test
  void untilTheyAreTakenOffTheList() {
    fixture.submit("1");
    var entry = fixture.blacklist.add(fixture.action, null);

    assertThat(fixture.claim(fixture.node, 1)).isEmpty();
    assertThat(fixture.blacklist.entries()).contains(entry);
    assertThat(fixture.blacklist.remove(fixture.action)).isEqualTo(entry);
    assertThat(fixture.blacklist.remove(fixture.action)).isNull();
    assertThat(fixture.claim(fixture.node, 1)).hasSize(1);
  }

  @Test
  void untilTheirTimeIsOver() {
    fixture.submit("1");
    var end = fixture.now.plus(Duration.ofHours(1));
    fixture.blacklist.add(fixture.action, end);
    fixture.now = end.minusMillis(1);
    assertThat(fixture.claim(fixture.node, 1)).isEmpty();

    fixture.now = end;

    assertThat(fixture.blacklist.entries())
        .extracting(Entry::action)
        .doesNotContain(fixture.action);
    assertThat(fixture.claim(fixture.node, 1)).hasSize(1);
  }

  @Test
  void anActionThatIsThereKeepsItsPlaceAndOneWhoseTimeWasOverComesAnew() {
    var start = fixture.now;
    var end = start.plus(Duration.ofHours(1));
    var first = fixture.blacklist.add(fixture.action, end);

    fixture.now = start.plusSeconds(1);
    assertThat(fixture.blacklist.add(fixture.action, null))
        .isEqualTo(new Entry(first.id(), fixture.action, start, null));
    fixture.blacklist.add(fixture.action, end);
    fixture.now = end;

    var again = fixture.blacklist.add(fixture.action, null);
    assertThat(again.createdAt()).isEqualTo(end);
    assertThat(again.id()).isGreaterThan(first.id());
  }

  @Test
  void whatRunsEndsAndItsResultCounts() {
    fixture.submit("1");
    var running = fixture.claimOne();
    fixture.blacklist.add(fixture.action, null);

    assertThat(fixture.succeed(running, "1").rejected()).isEmpty();
  }
}
