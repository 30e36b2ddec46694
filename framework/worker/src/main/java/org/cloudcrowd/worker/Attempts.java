package org.cloudcrowd.worker;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.file.PathUtils;
import org.cloudcrowd.assets.AssetStore;
import org.cloudcrowd.assets.InputFetcher;
import org.cloudcrowd.protocol.worker.UnitOrder;

/**
 * Makes the surroundings of an attempt, and takes them away again.
 *
 * @param root the directory in which each attempt has its own
 * @param fetcher brings inputs
 * @param assets keeps what is saved
 */
record Attempts(Path root, InputFetcher fetcher, AssetStore assets) {

  /** An empty directory of this attempt's own. */
  Path open(UnitOrder order) throws IOException {
    var directory =
        root.resolve("unit_" + order.workUnitId()).resolve("attempt_" + order.attempt());
    remove(directory);
    return Files.createDirectories(directory);
  }

  /** Removes the attempt's directory, and the unit's where no other attempt is in it. */
  void close(Path directory) {
    try {
      remove(directory);
      Files.deleteIfExists(directory.getParent());
    } catch (DirectoryNotEmptyException e) {
      // Another attempt at the same unit is under way on this node.
      return;
    } catch (IOException e) {
      System.err.println("Cannot remove " + directory + ": " + e);
    }
  }

  private static void remove(Path directory) throws IOException {
    if (Files.exists(directory)) {
      PathUtils.deleteDirectory(directory);
    }
  }
}
