package org.cloudcrowd.launcher.container;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Checks the limit of open files: bundles, connections and workers need some each. */
final class OpenFiles {
  private static final long LEAST = 1024;

  private OpenFiles() {}

  /**
   * Checks that the limit is high enough, where the system tells it.
   *
   * @throws StartException if it is not
   */
  static void check() throws StartException {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      check(unix.getMaxFileDescriptorCount());
    }
  }

  static void check(long allowed) throws StartException {
    if (allowed >= 0 && allowed < LEAST) {
      throw new StartException(
          "a process may have "
              + allowed
              + " files open here, and a container needs "
              + LEAST
              + "; raise it by ulimit -n 4096, or by LimitNOFILE=4096 in a service of systemd");
    }
  }
}
