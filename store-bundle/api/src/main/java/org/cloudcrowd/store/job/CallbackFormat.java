package org.cloudcrowd.store.job;

/** The format of a callback's body. */
public enum CallbackFormat {
  /** As the Ruby CloudCrowd does: a form whose field {@code job} holds the job's JSON. */
  FORM,
  /** The job's JSON alone. */
  JSON
}
