package org.cloudcrowd.protocol.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.cloudcrowd.protocol.unit.Stage;

/**
 * The status of a job or work unit as peers see it, with the integers that the Ruby original uses
 * for units.
 */
public enum Status {
  /** Queued for, or running, {@code process}. */
  @JsonProperty("processing")
  PROCESSING(1),
  /** Complete, with outputs. */
  @JsonProperty("succeeded")
  SUCCEEDED(2),
  /** Complete, because a unit failed after its last attempt. */
  @JsonProperty("failed")
  FAILED(3),
  /** Queued for, or running, {@code split}. */
  @JsonProperty("splitting")
  SPLITTING(4),
  /** Queued for, or running, {@code merge}. */
  @JsonProperty("merging")
  MERGING(5),
  /** Complete, because it was cancelled; Ruby peers do not know this one. */
  @JsonProperty("cancelled")
  CANCELLED(6),
  /** Waits for a time, other jobs or its action; Ruby peers do not know this one. */
  @JsonProperty("waiting")
  WAITING(7);

  private final int code;

  Status(int code) {
    this.code = code;
  }

  /** The status of a unit that runs, or waits to run, a stage. */
  public static Status of(Stage stage) {
    return switch (stage) {
      case SPLIT -> SPLITTING;
      case PROCESS -> PROCESSING;
      case MERGE -> MERGING;
    };
  }

  /** The integer that stands for this status in a Ruby peer's unit. */
  public int code() {
    return code;
  }

  /** Its name on the wire. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * For people: its name, or {@code queued} for a job of which no unit was sent to a node yet.
   *
   * @param begun whether any was
   */
  public String word(boolean begun) {
    var isOfFirstStage = this == SPLITTING || this == PROCESSING;
    return isOfFirstStage && !begun ? "queued" : word();
  }

  /** Whether nothing more will happen. */
  public boolean isComplete() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }
}
