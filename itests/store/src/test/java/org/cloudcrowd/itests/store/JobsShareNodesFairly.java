package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.cloudcrowd.store.job.JobRules;
import org.cloudcrowd.store.jpa.service.Database;
import org.cloudcrowd.store.unit.ClaimedUnit;
import org.cloudcrowd.store.unit.UnitLimit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OnEveryDatabase
class JobsShareNodesFairly {
  @Parameter TestDatabase database;
  private Database own;
  private StoreFixture fixture;

  @BeforeEach
  void open() throws Exception {
    // Tags are given across all actions, so what other tests have left running would count.
    own = TestDatabase.open(database.newDatabase());
    fixture = new StoreFixture(own);
  }

  @AfterEach
  void close() {
    own.close();
  }

  private static String[] inputs(String name, int count) {
    return IntStream.range(0, count).mapToObj(i -> "\"" + name + "\"").toArray(String[]::new);
  }

  private List<String> run(int units) {
    var inputs = new ArrayList<String>();
    for (int i = 0; i < units; i++) {
      ClaimedUnit unit = fixture.claimOne();
      inputs.add(unit.input().replace("\"", ""));
      fixture.succeed(unit, "1");
    }
    return inputs;
  }

  @Test
  void aSmallJobIsNotStarvedByALargeOne() {
    fixture.submit(inputs("large", 100));
    var inService = fixture.claim(fixture.node, 10);

    fixture.submit(inputs("small", 3));

    assertThat(run(8)).filteredOn("small"::equals).hasSize(3);
    inService.forEach(unit -> fixture.succeed(unit, "1"));
    assertThat(run(85)).containsOnly("large");
  }

  @Test
  void aLaterJobDoesNotOvertakeWhatIsLeftOfAnEarlierOne() {
    fixture.submit(inputs("early", 20));
    run(10);
    fixture.claimOne();

    fixture.submit(inputs("late", 20));

    assertThat(run(18)).filteredOn("early"::equals).hasSizeBetween(8, 10);
  }

  @Test
  void aMoreUrgentJobGoesFirst() {
    fixture.submit(inputs("usual", 5));
    fixture.rules = new JobRules(-1, 3, Duration.ZERO, Duration.ZERO, null, UnitLimit.NONE);
    fixture.submit(inputs("urgent", 5));

    assertThat(run(6)).containsExactly("urgent", "urgent", "urgent", "urgent", "urgent", "usual");
  }
}
