package org.cloudcrowd.protocol.node;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How an attempt that did not succeed has ended. */
public enum FailureReason {
  /** The action failed or threw an exception. */
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
  /** The node hands the unit back; the attempt does not count as a failure. */
  @JsonProperty("handed_back")
  HANDED_BACK
}
