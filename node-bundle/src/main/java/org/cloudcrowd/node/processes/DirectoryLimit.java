package org.cloudcrowd.node.processes;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicLong;
import org.cloudcrowd.protocol.node.FailureReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Limits the size of an attempt's work directory. */
public final class DirectoryLimit {
  private static final Logger log = LoggerFactory.getLogger(DirectoryLimit.class);
  private static final long BYTES_PER_MEGABYTE = 1024 * 1024;

  private final int megabytes;

  /**
   * @param megabytes the limit in MiB; 0 is none
   */
  public DirectoryLimit(int megabytes) {
    this.megabytes = megabytes;
  }

  /** Whether there is a limit. */
  public boolean isSet() {
    return megabytes > 0;
  }

  /** Kills a unit, with all its processes, where its work directory is past the limit. */
  public void hold(RunningUnit unit, Path directory) {
    long used = bytes(directory) / BYTES_PER_MEGABYTE;
    if (used > megabytes) {
      unit.killPast(
          FailureReason.FAILED,
          "its work directory held "
              + used
              + " MiB, more than worker.max_directory_megabytes "
              + megabytes);
    }
  }

  /** The size of the files that exist when they are visited; files come and go meanwhile. */
  static long bytes(Path directory) {
    var bytes = new AtomicLong();
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              bytes.addAndGet(attributes.size());
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      log.trace("{} cannot be measured", directory, e);
    }
    return bytes.get();
  }
}
