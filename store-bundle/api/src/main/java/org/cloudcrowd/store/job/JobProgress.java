package org.cloudcrowd.store.job;

import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.store.state.JobState;

/**
 * The counters of a job and its state, which follows from them.
 *
 * <p>The counters change as units are stored and end; units are never counted again, so the cost
 * does not grow with the units of a job.
 *
 * @param state where the job is
 * @param merges whether its action has a merge stage
 * @param units how many units it has now
 * @param splitting how many of them are split units that have not ended; one that succeeded is gone
 * @param succeeded how many succeeded
 * @param failed how many failed after their last attempt
 * @param cancelled how many were cancelled
 */
public record JobProgress(
    JobState state,
    boolean merges,
    long units,
    long splitting,
    long succeeded,
    long failed,
    long cancelled) {

  /** A job as it begins, with one unit for each of its inputs. */
  public static JobProgress begin(boolean splits, boolean merges, int inputs) {
    return new JobProgress(
        splits ? JobState.SPLITTING : JobState.PROCESSING,
        merges,
        inputs,
        splits ? inputs : 0,
        0,
        0,
        0);
  }

  /** A job that waits, with one unit for each of its inputs as far as they are known. */
  public static JobProgress await(boolean merges, int inputs) {
    return new JobProgress(JobState.WAITING, merges, inputs, 0, 0, 0, 0);
  }

  /**
   * After what it waited for has come.
   *
   * @param inputs how many units it begins with
   */
  public JobProgress begin(boolean splits, int inputs, long jobId) {
    var begun = begin(splits, merges, inputs);
    state.changeTo(begun.state, jobId);
    return begun;
  }

  /** After a job that was cancelled before it began is to wait again. */
  public JobProgress awaitAgain(long jobId) {
    return new JobProgress(
        state.changeTo(JobState.WAITING, jobId), merges, units, 0, succeeded, failed, 0);
  }

  /** Units that are not complete. */
  public long open() {
    return units - succeeded - failed - cancelled;
  }

  /** Whether any unit has succeeded, or failed after its last attempt. */
  public boolean hasEndedUnits() {
    return succeeded + failed > 0;
  }

  /** After a unit succeeded at processing or merging. */
  public JobProgress unitSucceeded() {
    return new JobProgress(state, merges, units, splitting, succeeded + 1, failed, cancelled);
  }

  /** After a split unit succeeded, and so was replaced by the units to process. */
  public JobProgress unitSplitInto(int parts) {
    return new JobProgress(
        state, merges, units - 1 + parts, splitting - 1, succeeded, failed, cancelled);
  }

  /** After a unit of the stage failed its last attempt. */
  public JobProgress unitFailed(Stage stage) {
    return new JobProgress(
        state,
        merges,
        units,
        stage == Stage.SPLIT ? splitting - 1 : splitting,
        succeeded,
        failed + 1,
        cancelled);
  }

  /** After the job was cancelled, with all of its units that were open. */
  public JobProgress cancel(long jobId) {
    return new JobProgress(
        state.changeTo(JobState.CANCELLED, jobId),
        merges,
        units,
        0,
        succeeded,
        failed,
        cancelled + open());
  }

  /**
   * After its units that failed or were cancelled were queued again.
   *
   * @param splits how many of those are split units
   * @param mergesAgain whether the merge is among them
   */
  public JobProgress retry(long splits, boolean mergesAgain, long jobId) {
    var next =
        splits > 0 ? JobState.SPLITTING : mergesAgain ? JobState.MERGING : JobState.PROCESSING;
    return new JobProgress(state.changeTo(next, jobId), merges, units, splits, succeeded, 0, 0);
  }

  /**
   * Advances the job to the state that its counters ask for.
   *
   * @param jobId the job's id, for messages
   * @return this, where the stage has units left; else the job in its next state, with the merge
   *     unit counted where that state is {@link JobState#MERGING}
   */
  public JobProgress advance(long jobId) {
    return switch (state) {
      case SPLITTING -> splitting > 0 ? this : to(JobState.PROCESSING, jobId).advance(jobId);
      case PROCESSING -> {
        if (open() > 0) {
          yield this;
        }
        if (failed > 0) {
          yield to(JobState.FAILED, jobId);
        }
        yield merges ? to(JobState.MERGING, jobId).withMergeUnit() : to(JobState.SUCCEEDED, jobId);
      }
      case MERGING ->
          open() > 0 ? this : to(failed > 0 ? JobState.FAILED : JobState.SUCCEEDED, jobId);
      case WAITING, SUCCEEDED, FAILED, CANCELLED -> this;
    };
  }

  private JobProgress to(JobState next, long jobId) {
    return new JobProgress(
        state.changeTo(next, jobId), merges, units, splitting, succeeded, failed, cancelled);
  }

  private JobProgress withMergeUnit() {
    return new JobProgress(state, merges, units + 1, splitting, succeeded, failed, cancelled);
  }
}
