package org.cloudcrowd.assets;

import java.util.regex.Pattern;

/**
 * What an asset is called: whose it is, and its name.
 *
 * <p>The attempt is part of it, so that what a stale attempt saves never touches the files of the
 * attempt that counts.
 *
 * @param action the action's name: letters, digits, {@code _}, {@code -} and {@code .}
 * @param jobId the job
 * @param workUnitId the work unit
 * @param attempt the attempt
 * @param name the file's name, without any separator
 */
public record AssetKey(String action, long jobId, long workUnitId, int attempt, String name) {
  private static final Pattern ACTION = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

  /** Checks that neither text can lead out of its place. */
  public AssetKey {
    if (!ACTION.matcher(action).matches() || isDots(action)) {
      throw new IllegalArgumentException("'" + action + "' is no name of an action");
    }
    if (name.isBlank() || isDots(name) || name.contains("/") || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("'" + name + "' is no name of a file");
    }
  }

  /** The asset's path below the store's root, with {@code /} between its parts. */
  public String path() {
    return jobPath(action, jobId) + "/unit_" + workUnitId + "/attempt_" + attempt + "/" + name;
  }

  /** The path below which every asset of a job lies. */
  public static String jobPath(String action, long jobId) {
    return action + "/job_" + jobId;
  }

  private static boolean isDots(String text) {
    return text.equals(".") || text.equals("..");
  }
}
