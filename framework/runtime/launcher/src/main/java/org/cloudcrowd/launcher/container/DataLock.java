package org.cloudcrowd.launcher.container;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Locks a data folder for one container. The system releases the lock however the process ends. */
final class DataLock implements AutoCloseable {
  private final FileChannel channel;

  /**
   * Locks a data folder, and creates it where it is missing.
   *
   * @param part what is locked: a server and a node may share a folder, two servers may not
   */
  DataLock(Path data, String part) throws StartException {
    try {
      Files.createDirectories(data);
      channel =
          FileChannel.open(
              data.resolve(part + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new StartException(
          "the data folder "
              + data
              + " cannot be written to: "
              + FileFaults.reason(e)
              + "; name another by --data");
    }
    if (!isLocked()) {
      throw new StartException(
          "the data folder "
              + data
              + " is in use by another "
              + part
              + "; stop that, or name another folder by --data");
    }
  }

  private boolean isLocked() throws StartException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      throw new StartException("the data folder cannot be locked: " + FileFaults.reason(e));
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
