package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.cloudcrowd.store.WorkStore.Submission;
import org.cloudcrowd.store.job.IdempotencyKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OnEveryDatabase
class ASubmissionIsMadeOnce {
  @Parameter TestDatabase database;
  private StoreFixture fixture;
  private final IdempotencyKey key = new IdempotencyKey(UUID.randomUUID().toString(), "abc");

  @BeforeEach
  void open() throws Exception {
    fixture = new StoreFixture(database.shared());
  }

  @Test
  void aRepeatedKeyFindsTheFirstJob() {
    var first = fixture.submit(false, false, key, "1");
    var second = fixture.submit(false, false, key, "1");

    assertThat(first.outcome()).isEqualTo(Submission.Outcome.STORED);
    assertThat(second.outcome()).isEqualTo(Submission.Outcome.REPEATED);
    assertThat(second.job()).isEqualTo(first.job());
    assertThat(fixture.claim(fixture.node, 10)).hasSize(1);
  }

  @Test
  void aKeyIsGoodForOneRequestOnly() {
    fixture.submit(false, false, key, "1");

    assertThat(fixture.submit(false, false, new IdempotencyKey(key.key(), "other"), "2").outcome())
        .isEqualTo(Submission.Outcome.KEY_TAKEN);
    assertThat(fixture.claim(fixture.node, 10)).hasSize(1);
  }

  @Test
  void repetitionsAtTheSameTimeMakeOneJob() throws Exception {
    var submissions = AtOnce.run(4, i -> fixture.submit(false, false, key, "1"));

    assertThat(submissions)
        .filteredOn(submission -> submission.outcome() == Submission.Outcome.STORED)
        .hasSize(1);
    assertThat(submissions)
        .extracting(submission -> submission.job().id())
        .hasSize(4)
        .containsOnly(submissions.get(0).job().id());
    assertThat(fixture.claim(fixture.node, 10)).hasSize(1);
  }
}
