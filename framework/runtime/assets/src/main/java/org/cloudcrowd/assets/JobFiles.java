package org.cloudcrowd.assets;

/**
 * The assets of a job.
 *
 * @param action the action's name: letters, digits, {@code _}, {@code -} and {@code .}
 * @param jobId the job
 */
public record JobFiles(String action, long jobId) {

  /** Checks that the text cannot lead out of its folder. */
  public JobFiles {
    AssetKey.checkAction(action);
  }

  /** The path below which they lie, with {@code /} between its parts. */
  public String path() {
    return action + "/job_" + jobId;
  }
}
