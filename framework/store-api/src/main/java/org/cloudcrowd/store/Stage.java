package org.cloudcrowd.store;

/** The part of an action that a work unit runs. */
public enum Stage {
  /** Cuts one input into many. */
  SPLIT,
  /** Does the work of one input. */
  PROCESS,
  /** Makes one output of many. */
  MERGE
}
