package org.cloudcrowd.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.file.PathUtils;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.protocol.unit.Lease;

/**
 * The work directory of an attempt, created on first use: most small units need none, and beside a
 * database on the same disk, creating and deleting one takes a millisecond.
 */
final class WorkDirectory implements AutoCloseable {
  private final Path path;
  private boolean made;

  WorkDirectory(Path root, Lease lease) {
    path = root.resolve("unit_" + lease.unitId() + "_attempt_" + lease.attempt());
  }

  /** Its path; it was empty when the attempt began. */
  synchronized Path path() {
    if (!made) {
      try {
        remove();
        Files.createDirectories(path);
      } catch (IOException e) {
        throw new ActionFailure("cannot make the work directory " + path + ": " + e, e);
      }
      made = true;
    }
    return path;
  }

  /** Deletes it with its content. */
  @Override
  public synchronized void close() {
    if (made) {
      try {
        remove();
      } catch (IOException e) {
        System.err.println("Cannot remove " + path + ": " + e);
      }
    }
  }

  private void remove() throws IOException {
    if (Files.exists(path)) {
      PathUtils.deleteDirectory(path);
    }
  }
}
