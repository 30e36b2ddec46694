package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.store.Change.ChangedUnit;
import org.cloudcrowd.store.Effect;
import org.cloudcrowd.store.job.CallbackAddress;
import org.cloudcrowd.store.job.CallbackFormat;
import org.cloudcrowd.store.job.JobRules;
import org.cloudcrowd.store.job.Prerequisites;
import org.cloudcrowd.store.state.AttemptOutcome;
import org.cloudcrowd.store.state.JobState;
import org.cloudcrowd.store.state.UnitState;
import org.cloudcrowd.store.unit.UnitLimit;
import org.cloudcrowd.store.unit.UnitResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OnEveryDatabase
class EffectsArePublishedAfterTheCommit {
  private static final Effect QUEUED = new Effect.UnitsQueued();

  @Parameter TestDatabase database;
  private StoreFixture fixture;
  private Runnable unsubscribe;
  private final List<Effect> effects = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    fixture = new StoreFixture(database.shared());
    unsubscribe = fixture.store.onEffects(effects::addAll);
  }

  @AfterEach
  void unsubscribe() {
    unsubscribe.run();
  }

  private List<Effect> published() {
    var all = List.copyOf(effects);
    effects.clear();
    return all;
  }

  @Test
  void eachOperationPublishesWhatItDid() {
    var job = fixture.submit("1");
    var changed = new Effect.JobChanged(job.id());
    assertThat(published()).containsExactly(QUEUED, changed);

    var unit = fixture.claimOne();
    long id = unit.lease().unitId();
    assertThat(published())
        .containsExactly(
            new Effect.UnitChanged(job.id(), new ChangedUnit(id, UnitState.RUNNING, fixture.node)));

    fixture.succeed(unit, "1");
    assertThat(published())
        .containsExactly(
            changed,
            new Effect.AttemptEnded(
                fixture.action, Stage.PROCESS, AttemptOutcome.SUCCEEDED, Duration.ZERO),
            new Effect.UnitChanged(job.id(), new ChangedUnit(id, UnitState.SUCCEEDED, null)));

    fixture.store.delete(job.id(), Duration.ZERO);
    assertThat(published()).containsExactly(changed);
  }

  @Test
  void noUnitsAreQueuedWhileTheyWaitOrAreThrottled() {
    var waiting =
        fixture.submit(new Prerequisites(fixture.now.plusSeconds(60), List.of()), "1", "2");
    assertThat(published()).containsExactly(new Effect.JobChanged(waiting.id()));

    fixture.store.cancel(waiting.id());
    fixture.store.retry(waiting.id());
    assertThat(published()).doesNotContain(QUEUED);

    fixture.now = fixture.now.plusSeconds(60);
    fixture.store.beginWaiting();
    assertThat(published()).contains(QUEUED, new Effect.JobChanged(waiting.id()));

    fixture.rules = new JobRules(0, 3, Duration.ZERO, Duration.ZERO, null, new UnitLimit(1, 1e9));
    var limited = fixture.submit("1", "2");
    assertThat(published()).containsExactly(QUEUED, new Effect.JobChanged(limited.id()));
  }

  @Test
  void aResultIsRejectedOnceForItsLease() {
    fixture.submit("1");
    var unit = fixture.claimOne();
    var lease = unit.lease();
    fixture.succeed(unit, "1");
    published();

    UnitResult late = new UnitResult.Succeeded(lease, StoreFixture.WORKER, "1");
    fixture.store.complete(List.of(late, late));

    assertThat(published()).containsExactly(new Effect.ResultRejected(lease));
  }

  @Test
  void aJobThatItsReceiverTakesOverIsPublishedAsDeleted() {
    fixture.callback = new CallbackAddress("http://receiver.example/", CallbackFormat.JSON);
    var job = fixture.submit("1");
    fixture.succeed(fixture.claimOne(), "1");
    var delivery =
        fixture.callbacks.take(100, Duration.ofMinutes(1)).stream()
            .filter(taken -> taken.jobId() == job.id())
            .findFirst()
            .orElseThrow();
    published();

    assertThat(fixture.callbacks.cleanUp(delivery, Duration.ZERO)).isTrue();

    assertThat(published()).containsExactly(new Effect.JobChanged(job.id()));
  }

  @Test
  void aSubscriberThatFailsChangesNothing() {
    var failing =
        fixture.store.onEffects(
            all -> {
              throw new IllegalStateException("this subscriber fails");
            });
    try {
      var job = fixture.submit("1");
      fixture.succeed(fixture.claimOne(), "1");

      assertThat(fixture.queries.job(job.id()).progress().state()).isEqualTo(JobState.SUCCEEDED);
      assertThat(effects).contains(new Effect.JobChanged(job.id()));
    } finally {
      failing.run();
    }
  }
}
