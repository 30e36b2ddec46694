package org.cloudcrowd.store;

/** How a callback spells the job that it tells of. */
public enum CallbackFormat {
  /** As the Ruby CloudCrowd does: a form whose field {@code job} holds the job's JSON. */
  FORM,
  /** The job's JSON alone. */
  JSON
}
