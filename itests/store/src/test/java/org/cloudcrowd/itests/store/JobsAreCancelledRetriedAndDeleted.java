package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.cloudcrowd.store.FileDeletionQueue.FileDeletion;
import org.cloudcrowd.store.job.Job;
import org.cloudcrowd.store.job.JobRules;
import org.cloudcrowd.store.state.AttemptOutcome;
import org.cloudcrowd.store.state.IllegalStateChangeException;
import org.cloudcrowd.store.state.JobState;
import org.cloudcrowd.store.unit.ClaimedUnit;
import org.cloudcrowd.store.unit.UnitLimit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OnEveryDatabase
class JobsAreCancelledRetriedAndDeleted {
  @Parameter TestDatabase database;
  private StoreFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new StoreFixture(database.shared());
  }

  @Test
  void aCancelledJobsUnitsEndAndTheirResultsAreRefused() {
    var job = fixture.submit("1", "2", "3");
    fixture.succeed(fixture.claimOne(), "1");
    var running = fixture.claimOne();

    var cancelled = fixture.store.cancel(job.id()).progress();

    assertThat(cancelled.state()).isEqualTo(JobState.CANCELLED);
    assertThat(cancelled.cancelled()).isEqualTo(2);
    assertThat(fixture.claim(fixture.node, 5)).isEmpty();
    assertThat(fixture.succeed(running, "2").rejected()).containsExactly(running.lease());
    assertThat(fixture.store.renew(fixture.node, List.of(running.lease()), StoreFixture.LEASE))
        .containsExactly(running.lease());
    assertThat(fixture.queries.attempts(running.lease().unitId()))
        .extracting(attempt -> attempt.outcome())
        .containsExactly(AttemptOutcome.CANCELLED);
    assertThat(fixture.queries.job(job.id()).progress()).isEqualTo(cancelled);
  }

  @Test
  void aCancelledJobCanBeRetried() {
    var job = fixture.submit(false, true, "1", "2");
    fixture.succeed(fixture.claimOne(), "1");
    fixture.store.cancel(job.id());

    assertThat(fixture.store.retry(job.id()).progress().state()).isEqualTo(JobState.PROCESSING);

    fixture.succeed(fixture.claimOne(), "2");
    var merge = fixture.claimOne();
    assertThat(merge.input()).isEqualTo("[1,2]");
    fixture.succeed(merge, "3");
    assertThat(fixture.outputs(job)).containsExactly("3");
  }

  @Test
  void aRetryRunsTheFailedUnitsAgainWithAllTheirAttempts() {
    var job = fixture.submit("1", "2");
    fixture.succeed(fixture.claimOne(), "1");
    failForGood();
    assertThat(fixture.queries.job(job.id()).progress().state()).isEqualTo(JobState.FAILED);

    fixture.store.retry(job.id());
    fixture.fail(fixture.claimOne(), "once more");
    fixture.fail(fixture.claimOne(), "and once more");
    fixture.succeed(fixture.claimOne(), "2");

    assertThat(fixture.outputs(job)).containsExactly("1", "2");
    assertThat(fixture.queries.job(job.id()).progress().failed()).isZero();
  }

  @Test
  void aFailedMergeIsRetriedAlone() {
    var job = fixture.submit(false, true, "1");
    fixture.succeed(fixture.claimOne(), "1");
    failForGood();

    assertThat(fixture.store.retry(job.id()).progress().state()).isEqualTo(JobState.MERGING);

    fixture.succeed(fixture.claimOne(), "\"merged\"");
    assertThat(fixture.outputs(job)).containsExactly("\"merged\"");
  }

  private void failForGood() {
    for (int i = 0; i < 3; i++) {
      fixture.fail(fixture.claimOne(), "no");
    }
  }

  @Test
  void onlyAnOpenJobIsCancelledAndOnlyAnUnsuccessfulOneRetried() {
    var job = fixture.submit("1");
    assertThatThrownBy(() -> fixture.store.retry(job.id()))
        .isInstanceOf(IllegalStateChangeException.class);
    fixture.succeed(fixture.claimOne(), "1");

    assertThatThrownBy(() -> fixture.store.cancel(job.id()))
        .isInstanceOf(IllegalStateChangeException.class)
        .hasMessage("job " + job.id() + " cannot change from SUCCEEDED to CANCELLED");
    assertThatThrownBy(() -> fixture.store.retry(job.id()))
        .isInstanceOf(IllegalStateChangeException.class);
    assertThat(fixture.store.cancel(-1)).isNull();
    assertThat(fixture.store.retry(-1)).isNull();
  }

  @Test
  void aDelayedUnitIsCancelledToo() {
    fixture.rules =
        new JobRules(0, 3, StoreFixture.LEASE, StoreFixture.LEASE, null, UnitLimit.NONE);
    var job = fixture.submit("1");
    fixture.fail(fixture.claimOne(), "later");
    fixture.store.cancel(job.id());
    fixture.now = fixture.now.plus(StoreFixture.LEASE.multipliedBy(2));
    fixture.store.queueDue();

    assertThat(fixture.claim(fixture.node, 1)).isEmpty();
  }

  @Test
  void filesOfADeletedJobAreRemovedAgainWhenNoWorkerCanWriteMore() {
    var job = fixture.submit("1");
    ClaimedUnit running = fixture.claimOne();
    fixture.store.delete(job.id(), StoreFixture.LEASE);
    var deletion = new FileDeletion(job.id(), fixture.action, 0, 0);

    assertThat(fixture.succeed(running, "1").rejected()).containsExactly(running.lease());
    assertThat(fixture.deletions.due(1000)).contains(deletion);
    fixture.deletions.done(deletion);
    assertThat(fixture.deletions.due(1000)).doesNotContain(deletion);

    fixture.now = fixture.now.plus(StoreFixture.LEASE);
    assertThat(fixture.deletions.due(1000)).contains(deletion);
    fixture.deletions.done(deletion);
    assertThat(fixture.deletions.due(1000)).doesNotContain(deletion);
    fixture.deletions.done(deletion);
  }

  @Test
  void filesOfAttemptsThatDoNotCountAreRemoved() {
    fixture.rules = new JobRules(0, 3, Duration.ZERO, Duration.ZERO, null, UnitLimit.NONE);
    var job = fixture.submit("1");
    var failed = fixture.claimOne();
    fixture.fail(failed, "no");
    var lost = fixture.claimOne();
    fixture.end(lost, AttemptOutcome.NODE_LOST, "silent");
    var counted = fixture.claimOne();
    fixture.succeed(counted, "1");
    var ofFailed = deletion(job, failed);
    var ofLost = deletion(job, lost);

    assertThat(fixture.deletions.due(1000)).contains(ofFailed, ofLost);
    assertThat(fixture.deletions.due(1000)).doesNotContain(deletion(job, counted));
    fixture.deletions.done(ofFailed);
    fixture.deletions.done(ofLost);
    assertThat(fixture.deletions.due(1000)).doesNotContain(ofFailed, ofLost);

    // Whoever fell silent may have written some more.
    fixture.now = fixture.now.plus(Duration.ofMinutes(1));
    assertThat(fixture.deletions.due(1000)).contains(ofLost).doesNotContain(ofFailed);
    fixture.deletions.done(ofLost);
    fixture.store.delete(job.id(), StoreFixture.LEASE);
    assertThat(fixture.deletions.due(1000)).doesNotContain(ofLost);
  }

  private FileDeletion deletion(Job job, ClaimedUnit unit) {
    return new FileDeletion(
        job.id(), fixture.action, unit.lease().unitId(), unit.lease().attempt());
  }

  @Test
  void filesOfACancelledJobsAttemptsAreRemoved() {
    var job = fixture.submit("1");
    var running = fixture.claimOne();
    fixture.store.cancel(job.id());

    assertThat(fixture.deletions.due(1000)).contains(deletion(job, running));
  }

  @Test
  void jobsAreOldByTheTimeSinceTheirEnd() {
    var old = fixture.submit("1");
    fixture.succeed(fixture.claimOne(), "1");
    var open = fixture.submit("1");
    var since = fixture.now.plusSeconds(1);
    fixture.now = fixture.now.plusSeconds(2);
    fixture.succeed(fixture.claimOne(), "1");

    assertThat(fixture.queries.completeBefore(since, 100_000))
        .contains(old.id())
        .doesNotContain(open.id());
    assertThat(fixture.queries.completeBefore(fixture.now.plusMillis(1), 100_000))
        .contains(old.id(), open.id());
    assertThat(fixture.queries.known(List.of(old.id(), -1L))).containsExactly(old.id());
  }
}
