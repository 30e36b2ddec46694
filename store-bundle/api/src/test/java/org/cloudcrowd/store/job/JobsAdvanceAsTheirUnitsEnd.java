package org.cloudcrowd.store.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.store.state.JobState;
import org.junit.jupiter.api.Test;

class JobsAdvanceAsTheirUnitsEnd {
  private static final long ID = 1;

  @Test
  void aJobOfOneStageSucceedsWithItsLastUnit() {
    var job = JobProgress.begin(false, false, 2).unitSucceeded().advance(ID);
    assertThat(job.state()).isEqualTo(JobState.PROCESSING);

    assertThat(job.unitSucceeded().advance(ID).state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void aJobWithAFailedUnitFinishesItsOthersAndFails() {
    var job = JobProgress.begin(false, true, 2).unitFailed(Stage.PROCESS).advance(ID);
    assertThat(job.state()).isEqualTo(JobState.PROCESSING);

    assertThat(job.unitSucceeded().advance(ID).state()).isEqualTo(JobState.FAILED);
  }

  @Test
  void aMergeIsOneMoreUnit() {
    var merging = JobProgress.begin(false, true, 1).unitSucceeded().advance(ID);
    assertThat(merging).isEqualTo(new JobProgress(JobState.MERGING, true, 2, 0, 1, 0, 0));
    assertThat(merging.advance(ID)).isEqualTo(merging);

    assertThat(merging.unitSucceeded().advance(ID).state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(merging.unitFailed(Stage.MERGE).advance(ID).state()).isEqualTo(JobState.FAILED);
  }

  @Test
  void aSplitUnitBecomesItsPartsAtOnce() {
    var job = JobProgress.begin(true, false, 2).unitSplitInto(3).advance(ID);
    assertThat(job).isEqualTo(new JobProgress(JobState.SPLITTING, false, 4, 1, 0, 0, 0));

    job = job.unitSucceeded().unitSucceeded().unitSucceeded().advance(ID);
    assertThat(job.state()).isEqualTo(JobState.SPLITTING);

    assertThat(job.unitSplitInto(1).advance(ID).state()).isEqualTo(JobState.PROCESSING);
  }

  @Test
  void anEmptySplitGoesOnAsIfAllWereProcessed() {
    var job = JobProgress.begin(true, true, 1).unitSplitInto(0);
    assertThat(job.advance(ID)).isEqualTo(new JobProgress(JobState.MERGING, true, 1, 0, 0, 0, 0));

    var unmerged = JobProgress.begin(true, false, 1).unitSplitInto(0);
    assertThat(unmerged.advance(ID).state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void aFailedSplitFailsTheJobAfterTheOthers() {
    var job = JobProgress.begin(true, true, 2).unitFailed(Stage.SPLIT).unitSplitInto(1);
    assertThat(job.advance(ID).state()).isEqualTo(JobState.PROCESSING);

    assertThat(job.unitSucceeded().advance(ID).state()).isEqualTo(JobState.FAILED);
  }

  @Test
  void aCancelledJobHasNoOpenUnitsAndComesBackAtTheStageOfThoseQueuedAgain() {
    var cancelled = JobProgress.begin(true, true, 3).unitSplitInto(2).cancel(ID);
    assertThat(cancelled).isEqualTo(new JobProgress(JobState.CANCELLED, true, 4, 0, 0, 0, 4));
    assertThat(cancelled.open()).isZero();

    assertThat(cancelled.retry(2, false, ID))
        .isEqualTo(new JobProgress(JobState.SPLITTING, true, 4, 2, 0, 0, 0));
  }

  @Test
  void aRetryOfAMergeGoesBackToMerging() {
    var merging = JobProgress.begin(false, true, 1).unitSucceeded().advance(ID);
    var failed = merging.unitFailed(Stage.MERGE).advance(ID);

    assertThat(failed.retry(0, true, ID)).isEqualTo(merging);
  }
}
