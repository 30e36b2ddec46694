package org.cloudcrowd.node.units;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.commons.io.file.PathUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the downloads that units of a job share, once this node had no unit of the job at two
 * checks in a row: between two of its units there is often a moment without any.
 */
final class SharedInputs {
  private static final Logger log = LoggerFactory.getLogger(SharedInputs.class);
  private static final Pattern JOB = Pattern.compile("job_([0-9]{1,18})");

  private final Path directory;
  private final Supplier<Set<Long>> jobs;
  private Set<Long> idle = new HashSet<>();

  /**
   * @param directory their directory, with a folder for each job
   * @param jobs supplies the jobs that have units here now
   */
  SharedInputs(Path directory, Supplier<Set<Long>> jobs) {
    this.directory = directory;
    this.jobs = jobs;
  }

  /** Deletes the downloads that are not used any more. */
  void sweep() {
    var idleBefore = idle;
    idle = new HashSet<>();
    try (var folders = Files.newDirectoryStream(directory)) {
      // What is there is listed first: a job that comes afterwards is not among it.
      var busy = jobs.get();
      for (Path folder : folders) {
        var job = JOB.matcher(folder.getFileName().toString());
        if (job.matches() && !busy.contains(Long.valueOf(job.group(1)))) {
          sweepAlone(folder, Long.valueOf(job.group(1)), idleBefore);
        }
      }
    } catch (NoSuchFileException e) {
      log.trace("Nothing was shared yet", e);
    } catch (IOException | RuntimeException e) {
      log.warn("Shared inputs in {} cannot be looked at: {}", directory, e.toString());
    }
  }

  private void sweepAlone(Path folder, Long job, Set<Long> idleBefore) {
    try {
      sweep(folder, job, idleBefore);
    } catch (IOException e) {
      log.warn("The shared inputs in {} cannot be removed: {}", folder, e.toString());
    }
  }

  private void sweep(Path folder, Long job, Set<Long> idleBefore) throws IOException {
    if (idleBefore.contains(job)) {
      PathUtils.deleteDirectory(folder);
    } else {
      idle.add(job);
    }
  }
}
