package org.cloudcrowd.node.programs;

import java.io.File;
import java.io.IOException;
import org.osgi.framework.Version;

/** Tells of files and folders whether they are programs, and what keeps them from being actions. */
public final class DroppedPrograms {
  private DroppedPrograms() {}

  /** Whether it says that it is a program, rightly or not. */
  public static boolean isOne(File file) {
    return ProgramSource.isOne(file);
  }

  /**
   * The symbolic name and version that its bundle has.
   *
   * @throws IOException if it can be no action
   */
  public static BundleIdentity identity(File program) throws IOException {
    var manifest = ProgramSource.of(program).manifest();
    return new BundleIdentity(
        ProgramTransformer.symbolicName(manifest), Version.parseVersion(manifest.version()));
  }

  /** Why it can be no action, a sentence; null where there is no reason. */
  public static String problem(File program) {
    try {
      var unused = ProgramSource.of(program).manifest();
      return null;
    } catch (IOException e) {
      return e.getMessage();
    }
  }
}
