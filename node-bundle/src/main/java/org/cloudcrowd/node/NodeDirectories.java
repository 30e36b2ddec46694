package org.cloudcrowd.node;

import java.nio.file.Path;

/**
 * The directories of a node; none need exist yet.
 *
 * @param workers the directories of the worker processes
 * @param bundles copies of the bundles that workers use
 * @param work the work directories of attempts, by {@link #ofAttempt}
 * @param inputs downloads that units of a job share
 */
public record NodeDirectories(Path workers, Path bundles, Path work, Path inputs) {

  public static NodeDirectories of(NodeConfiguration configuration) {
    var own = Path.of(configuration.directory()).toAbsolutePath();
    var elsewhere = configuration.temp__storage__path().strip();
    // Others may use that directory too, and other nodes.
    var temporary =
        elsewhere.isEmpty()
            ? own
            : Path.of(elsewhere)
                .toAbsolutePath()
                .resolve("cloudcrowd-" + Integer.toHexString(own.toString().hashCode()));
    return new NodeDirectories(
        own.resolve("workers"),
        own.resolve("bundles"),
        temporary.resolve("work"),
        temporary.resolve("inputs"));
  }

  public Path inputsOf(long jobId) {
    return inputs.resolve("job_" + jobId);
  }

  /** The work directory of an attempt. */
  public Path ofAttempt(long workUnitId, int attempt) {
    return work.resolve("unit_" + workUnitId + "_attempt_" + attempt);
  }
}
