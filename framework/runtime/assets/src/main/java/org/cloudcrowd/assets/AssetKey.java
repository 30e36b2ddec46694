package org.cloudcrowd.assets;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The key of an asset: the attempt that saved it, and its name.
 *
 * <p>The attempt is part of it, so that a stale attempt never overwrites the files of the accepted
 * one.
 *
 * @param action the action's name: letters, digits, {@code _}, {@code -} and {@code .}
 * @param jobId the job
 * @param workUnitId the work unit
 * @param attempt the attempt
 * @param name the file's name, without any separator
 */
public record AssetKey(String action, long jobId, long workUnitId, int attempt, String name) {
  private static final Pattern ACTION = Pattern.compile("[A-Za-z0-9_.-]{1,100}");
  private static final Pattern PATH =
      Pattern.compile(
          "([^/]+)/job_([0-9]{1,18})/unit_([0-9]{1,18})/attempt_([0-9]{1,9})/([^/]+)",
          Pattern.DOTALL);

  /** Checks that neither text can lead out of its folder. */
  public AssetKey {
    checkAction(action);
    if (name.isBlank() || isDots(name) || name.contains("/") || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("'" + name + "' is no name of a file");
    }
  }

  /** The key that has a {@link #path}; empty where it is not the path of a key. */
  public static Optional<AssetKey> ofPath(String path) {
    var parts = PATH.matcher(path);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new AssetKey(
              parts.group(1),
              Long.parseLong(parts.group(2)),
              Long.parseLong(parts.group(3)),
              Integer.parseInt(parts.group(4)),
              parts.group(5)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The asset's path below the store's root, with {@code /} between its parts. */
  public String path() {
    return new AttemptFiles(new JobFiles(action, jobId), workUnitId, attempt).path() + "/" + name;
  }

  static void checkAction(String action) {
    if (!ACTION.matcher(action).matches() || isDots(action)) {
      throw new IllegalArgumentException("'" + action + "' is no name of an action");
    }
  }

  private static boolean isDots(String text) {
    return text.equals(".") || text.equals("..");
  }
}
