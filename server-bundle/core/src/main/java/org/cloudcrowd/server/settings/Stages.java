package org.cloudcrowd.server.settings;

import org.cloudcrowd.protocol.server.Status;
import org.cloudcrowd.store.JobState;
import org.cloudcrowd.store.Stage;

/** Converts states and stages of the store to and from those of the wire. */
public final class Stages {
  private Stages() {}

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

  /** The status of a unit that is in a stage. */
  public static Status status(Stage stage) {
    return switch (stage) {
      case SPLIT -> Status.SPLITTING;
      case PROCESS -> Status.PROCESSING;
      case MERGE -> Status.MERGING;
    };
  }
}
