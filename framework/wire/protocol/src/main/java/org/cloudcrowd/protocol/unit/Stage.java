package org.cloudcrowd.protocol.unit;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The part of an action that a work unit runs. In JSON it is the status of a unit that runs it. */
public enum Stage {
  /** Cuts one input into many. */
  @JsonProperty("splitting")
  SPLIT,
  /** Does the work of one input. */
  @JsonProperty("processing")
  PROCESS,
  /** Makes one output of many. */
  @JsonProperty("merging")
  MERGE
}
