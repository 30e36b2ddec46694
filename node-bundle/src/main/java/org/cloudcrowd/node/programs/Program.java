package org.cloudcrowd.node.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.file.PathUtils;
import org.cloudcrowd.actionmodel.ProgramManifest;
import org.cloudcrowd.protocol.unit.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that is installed: its manifest, and its files in a folder of this node's. The folder
 * stays until the last attempt that uses it has ended. Safe for any number of threads.
 */
public final class Program {
  /** The service property that has the program of an action. */
  public static final String PROPERTY = "org.cloudcrowd.program";

  private static final Logger log = LoggerFactory.getLogger(Program.class);

  private final ProgramManifest manifest;
  private final Path folder;
  private int users;
  private boolean retired;

  Program(ProgramManifest manifest, Path folder) {
    this.manifest = manifest;
    this.folder = folder;
  }

  ProgramManifest manifest() {
    return manifest;
  }

  Path folder() {
    return folder;
  }

  /** The program and its arguments for a stage, or null where it has no such stage. */
  List<String> command(Stage stage) {
    return switch (stage) {
      case SPLIT -> manifest.split();
      case PROCESS -> manifest.process();
      case MERGE -> manifest.merge();
    };
  }

  /**
   * Begins to use the files for an attempt.
   *
   * @return whether they still exist
   */
  synchronized boolean use() {
    users += retired ? 0 : 1;
    return !retired;
  }

  synchronized void release() {
    users--;
    removeIfUnused();
  }

  /**
   * The action was uninstalled; the files are deleted when the last attempt that uses them has
   * ended.
   */
  synchronized void retire() {
    retired = true;
    removeIfUnused();
  }

  private void removeIfUnused() {
    if (retired && users == 0) {
      try {
        if (Files.exists(folder)) {
          PathUtils.deleteDirectory(folder);
        }
      } catch (IOException e) {
        log.warn(
            "The files of the program {} cannot be removed: {}", manifest.name(), e.toString());
      }
    }
  }
}
