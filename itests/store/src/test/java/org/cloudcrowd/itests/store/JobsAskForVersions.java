package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cloudcrowd.store.ActionCatalog.KnownAction;
import org.cloudcrowd.store.job.JobRules;
import org.cloudcrowd.store.state.AttemptOutcome;
import org.cloudcrowd.store.state.JobState;
import org.cloudcrowd.store.unit.ClaimedUnit;
import org.cloudcrowd.store.unit.UnitLimit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

@OnEveryDatabase
class JobsAskForVersions {
  private static final VersionRange ONE = new VersionRange("[1,2)");
  private static final Version OLD = new Version("1.2.0");
  private static final Version NEW = new Version("2.0.0");

  @Parameter TestDatabase database;
  private StoreFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new StoreFixture(database.shared());
  }

  @Test
  void unitsGoToNodesThatHaveAVersionOfTheRange() {
    fixture.versionRange = ONE;
    var job = fixture.submit("1");

    fixture.versions = Set.of(NEW);
    assertThat(fixture.claim(fixture.node, 1)).isEmpty();
    fixture.versions = Set.of(NEW, OLD);
    var unit = fixture.claimOne();
    assertThat(unit.versionRange()).isEqualTo(ONE);
    fixture.succeed(unit, "1");

    assertThat(fixture.queries.job(job.id()).versionRange()).isEqualTo(ONE);
    assertThat(fixture.queries.job(job.id()).progress().state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void whatAsksForNoneGoesToAnyNode() {
    fixture.submit("1");
    fixture.versions = Set.of(NEW);

    assertThat(fixture.claimOne().versionRange()).isNull();
  }

  @Test
  void jobsOfOneActionTakeTurnsWhateverTheyAskFor() {
    fixture.submit("1", "2", "3");
    fixture.versionRange = ONE;
    fixture.submit("4", "5", "6");

    assertThat(fixture.claim(fixture.node, 4))
        .extracting(ClaimedUnit::input)
        .containsExactly("1", "4", "2", "5");
  }

  @Test
  void everyStageAsksForTheSame() {
    fixture.versionRange = ONE;
    fixture.submit(true, true, "1");

    fixture.split(fixture.claimOne(), "1");
    fixture.succeed(fixture.claimOne(), "1");
    fixture.versions = Set.of(NEW);
    assertThat(fixture.claim(fixture.node, 1)).isEmpty();
    fixture.versions = Set.of(OLD);
    assertThat(fixture.claimOne().versionRange()).isEqualTo(ONE);
  }

  @Test
  void aRangeIsForgottenWhenNoOpenJobAsksForItAndKnownAgainWhenOneDoes() {
    // What other tests have left.
    fixture.store.forgetVersionRanges();
    fixture.versionRange = ONE;
    fixture.rules = new JobRules(0, 1, Duration.ZERO, Duration.ZERO, null, UnitLimit.NONE);
    var job = fixture.submit("1");
    assertThat(fixture.store.forgetVersionRanges()).isZero();

    fixture.end(fixture.claimOne(), AttemptOutcome.FAILED, "no");
    assertThat(fixture.store.forgetVersionRanges()).isPositive();
    assertThat(fixture.store.forgetVersionRanges()).isZero();

    fixture.store.retry(job.id());
    assertThat(fixture.claim(fixture.node, 1)).hasSize(1);
  }

  @Test
  void aRangeIsNotForgottenWhileJobsThatAskForItAreStored() throws Exception {
    fixture.versionRange = ONE;

    AtOnce.run(
        4,
        i -> {
          for (int n = 0; n < 25; n++) {
            if (i == 0) {
              fixture.store.forgetVersionRanges();
            } else {
              fixture.submit("1");
              fixture.claim("node:" + i, 2).forEach(unit -> fixture.succeed(unit, "1"));
            }
          }
          return null;
        });

    fixture.claim(fixture.node, 100).forEach(unit -> fixture.succeed(unit, "1"));
    fixture.store.forgetVersionRanges();
    assertThat(fixture.queries.openJobs(1000))
        .filteredOn(job -> job.action().equals(fixture.action))
        .isEmpty();
  }

  @Test
  void theCatalogForgetsVersionsThatNobodyOffersOfActionsThatSomebodyOffers() {
    var catalog = fixture.catalog;
    var away = fixture.action + "-away";
    catalog.record(
        List.of(known(fixture.action, OLD), known(fixture.action, NEW), known(away, OLD)));
    assertThat(catalog.versions(fixture.action))
        .extracting(KnownAction::version)
        .containsExactly(NEW, OLD);

    catalog.keep(Map.of(fixture.action, Set.of(OLD)), fixture.now);
    assertThat(catalog.versions(fixture.action)).hasSize(2);
    catalog.keep(Map.of(fixture.action, Set.of(OLD)), fixture.now.plusSeconds(1));
    assertThat(catalog.versions(fixture.action))
        .extracting(KnownAction::version)
        .containsExactly(OLD);
    assertThat(catalog.versions(away)).hasSize(1);
  }

  private static KnownAction known(String name, Version version) {
    return new KnownAction(name, version, false, false, null);
  }
}
