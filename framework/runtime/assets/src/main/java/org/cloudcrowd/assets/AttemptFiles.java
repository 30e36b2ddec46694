package org.cloudcrowd.assets;

/**
 * The assets of an attempt at a work unit.
 *
 * @param job the unit's job
 * @param workUnitId the work unit
 * @param attempt the attempt
 */
public record AttemptFiles(JobFiles job, long workUnitId, int attempt) {

  /** The path below which they lie, with {@code /} between its parts. */
  public String path() {
    return job.path() + "/unit_" + workUnitId + "/attempt_" + attempt;
  }
}
