package org.cloudcrowd.protocol.server;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What kind of end an attempt had that did not succeed. */
public enum FailureReason {
  /** The action said that it failed, or threw. */
  @JsonProperty("failed")
  FAILED,
  /** The worker ended before it had answered, with an exit code or by a signal. */
  @JsonProperty("worker_died")
  WORKER_DIED,
  /** It took longer than its timeout, and was killed. */
  @JsonProperty("timed_out")
  TIMED_OUT,
  /** The worker needed more memory than it may have. */
  @JsonProperty("out_of_memory")
  OUT_OF_MEMORY,
  /** The node gives the unit back, for reasons of its own; the unit is not to blame. */
  @JsonProperty("handed_back")
  HANDED_BACK
}
