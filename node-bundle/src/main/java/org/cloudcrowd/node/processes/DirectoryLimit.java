package org.cloudcrowd.node.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.file.PathUtils;
import org.cloudcrowd.protocol.server.FailureReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much an attempt may have in its work directory. */
public final class DirectoryLimit {
  private static final Logger log = LoggerFactory.getLogger(DirectoryLimit.class);
  private static final long BYTES_PER_MEGABYTE = 1024 * 1024;

  private final int megabytes;

  /**
   * Limits nothing yet.
   *
   * @param megabytes the limit in MiB; 0 is none
   */
  public DirectoryLimit(int megabytes) {
    this.megabytes = megabytes;
  }

  /** Whether there is a limit. */
  public boolean isSet() {
    return megabytes > 0;
  }

  /** Kills what is past the limit, with all that it started. */
  public void hold(RunningUnit unit, Path directory) {
    try {
      long used =
          Files.isDirectory(directory)
              ? PathUtils.sizeOfDirectory(directory) / BYTES_PER_MEGABYTE
              : 0;
      if (used > megabytes) {
        unit.killPast(
            FailureReason.FAILED,
            "its work directory held "
                + used
                + " MiB, more than worker.max_directory_megabytes "
                + megabytes);
      }
    } catch (IOException | UncheckedIOException e) {
      // Files come and go while they are counted; there is another look soon.
      log.trace("{} cannot be measured", directory, e);
    }
  }
}
