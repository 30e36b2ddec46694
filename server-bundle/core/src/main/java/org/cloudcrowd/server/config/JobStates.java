package org.cloudcrowd.server.config;

import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.store.state.JobState;

/** Converts the states of jobs to and from their status on the wire. */
public final class JobStates {
  private JobStates() {}

  /** The status of a job in a state. */
  public static Status status(JobState state) {
    return switch (state) {
      case WAITING -> Status.WAITING;
      case SPLITTING -> Status.SPLITTING;
      case PROCESSING -> Status.PROCESSING;
      case MERGING -> Status.MERGING;
      case SUCCEEDED -> Status.SUCCEEDED;
      case FAILED -> Status.FAILED;
      case CANCELLED -> Status.CANCELLED;
    };
  }

  /** The state of a job of a status. */
  public static JobState state(Status status) {
    return switch (status) {
      case WAITING -> JobState.WAITING;
      case SPLITTING -> JobState.SPLITTING;
      case PROCESSING -> JobState.PROCESSING;
      case MERGING -> JobState.MERGING;
      case SUCCEEDED -> JobState.SUCCEEDED;
      case FAILED -> JobState.FAILED;
      case CANCELLED -> JobState.CANCELLED;
    };
  }
}
