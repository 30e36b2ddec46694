package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import org.cloudcrowd.store.CallbackQueue.Delivery;
import org.cloudcrowd.store.CallbackQueue.Next;
import org.cloudcrowd.store.CallbackQueue.PastTry;
import org.cloudcrowd.store.CallbackQueue.Try;
import org.cloudcrowd.store.job.CallbackAddress;
import org.cloudcrowd.store.job.CallbackFormat;
import org.cloudcrowd.store.job.Job;
import org.cloudcrowd.store.state.CallbackState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OnEveryDatabase
class CallbacksWaitUntilTheyAreAccepted {
  private static final Duration TERM = Duration.ofSeconds(30);
  private static final CallbackAddress RECEIVER =
      new CallbackAddress("http://clerk:word@receiver/done", CallbackFormat.JSON);

  @Parameter TestDatabase database;
  private StoreFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new StoreFixture(database.shared());
    fixture.callback = RECEIVER;
  }

  @Test
  void aCallbackIsQueuedOnceWithTheEndOfItsJob() {
    var job = fixture.submit("1", "2");
    var first = fixture.claimOne();
    var second = fixture.claimOne();

    assertThat(fixture.succeed(first, "1").callbacks()).isZero();
    assertThat(fixture.callbacks.find(job.id())).isNull();
    assertThat(fixture.succeed(second, "2").callbacks()).isOne();
    assertThat(fixture.succeed(second, "2").callbacks()).isZero();

    assertThat(take(job)).containsExactly(new Delivery(job.id(), 1, RECEIVER, 0, fixture.now));
  }

  @Test
  void aJobWithoutAReceiverHasNone() {
    fixture.callback = null;

    var job = ended();

    assertThat(take(job)).isEmpty();
    assertThatIllegalStateException()
        .isThrownBy(() -> fixture.callbacks.sendAgain(job.id()))
        .withMessage("job " + job.id() + " has no callback_url");
  }

  @Test
  void whatIsTakenComesAgainWhenItsTermIsOver() {
    var job = ended();
    assertThat(take(job)).hasSize(1);

    assertThat(take(job)).isEmpty();
    fixture.now = fixture.now.plus(TERM);

    assertThat(take(job)).hasSize(1);
  }

  @Test
  void aFailedAttemptIsFollowedByAnotherAfterItsBackoff() {
    var job = ended();
    var pause = Duration.ofMinutes(5);

    var state = fixture.callbacks.record(take(job).get(0), refused(503), new Next.Again(pause));

    assertThat(state).isEqualTo(CallbackState.WAITING);
    fixture.now = fixture.now.plus(pause).minusMillis(1);
    assertThat(take(job)).isEmpty();
    fixture.now = fixture.now.plusMillis(1);
    assertThat(take(job)).extracting(Delivery::tries).containsExactly(1);
  }

  @Test
  void everyTryIsKept() {
    var job = ended();
    var failed = refused(0);
    var accepted = new Try(fixture.now, Duration.ofMillis(7), 204, null);
    fixture.callbacks.record(take(job).get(0), failed, new Next.Again(Duration.ZERO));

    fixture.callbacks.record(take(job).get(0), accepted, new Next.Delivered());

    var callback = fixture.callbacks.find(job.id());
    assertThat(callback.state()).isEqualTo(CallbackState.DELIVERED);
    assertThat(callback.dueAt()).isNull();
    assertThat(callback.tries()).containsExactly(new PastTry(1, failed), new PastTry(1, accepted));
  }

  @Test
  void whatIsGivenUpIsNotTriedUntilSomebodyAsks() {
    var job = ended();
    fixture.callbacks.record(take(job).get(0), refused(500), new Next.GivenUp());
    assertThat(take(job)).isEmpty();

    assertThat(fixture.callbacks.sendAgain(job.id()).state()).isEqualTo(CallbackState.WAITING);

    assertThat(take(job)).extracting(Delivery::message, Delivery::tries).hasSize(1);
    assertThat(fixture.callbacks.find(job.id()).message()).isEqualTo(2);
  }

  @Test
  void aRetriedJobTakesBackWhatWasNotHeardYet() {
    var job = failed();
    var late = take(job).get(0);
    fixture.store.retry(job.id());

    assertThat(fixture.callbacks.find(job.id()).state()).isEqualTo(CallbackState.WITHDRAWN);
    assertThat(fixture.callbacks.record(late, refused(500), new Next.Again(Duration.ZERO)))
        .isEqualTo(CallbackState.WITHDRAWN);
    assertThat(fixture.callbacks.cleanUp(late, TERM)).isFalse();
    assertThat(take(job)).isEmpty();
    assertThatIllegalStateException()
        .isThrownBy(() -> fixture.callbacks.sendAgain(job.id()))
        .withMessageContaining("is not complete");

    fixture.succeed(fixture.claimOne(), "1");

    assertThat(take(job)).extracting(Delivery::message).containsExactly(2);
  }

  @Test
  void aReceiverThatOwnsTheResultsLeavesNothingBehind() {
    var job = failed();
    fixture.callbacks.record(take(job).get(0), refused(500), new Next.Again(Duration.ZERO));

    assertThat(fixture.callbacks.cleanUp(take(job).get(0), TERM)).isTrue();

    assertThat(fixture.queries.job(job.id())).isNull();
    assertThat(fixture.callbacks.find(job.id())).isNull();
    assertThat(fixture.deletions.due(1000)).anyMatch(deletion -> deletion.jobId() == job.id());
  }

  @Test
  void aCancelledJobTellsToo() {
    var job = fixture.submit("1");

    fixture.store.cancel(job.id());

    assertThat(take(job)).hasSize(1);
  }

  @Test
  void aDeletedJobTellsNobody() {
    var job = ended();
    var taken = take(job).get(0);

    fixture.store.delete(job.id(), TERM);

    assertThat(fixture.callbacks.record(taken, refused(500), new Next.Delivered())).isNull();
    assertThat(fixture.callbacks.sendAgain(job.id())).isNull();
  }

  private Job ended() {
    var job = fixture.submit("1");
    fixture.succeed(fixture.claimOne(), "1");
    return job;
  }

  private Job failed() {
    var job = fixture.submit("1");
    for (int i = 0; i < fixture.rules.maxAttempts(); i++) {
      fixture.fail(fixture.claimOne(), "no");
    }
    return job;
  }

  private Try refused(int status) {
    return new Try(fixture.now, Duration.ofMillis(12), status, status == 0 ? "no answer" : null);
  }

  /** Takes what is due; of other tests of the same database it is not looked at. */
  private List<Delivery> take(Job job) {
    return fixture.callbacks.take(1000, TERM).stream()
        .filter(delivery -> delivery.jobId() == job.id())
        .toList();
  }
}
