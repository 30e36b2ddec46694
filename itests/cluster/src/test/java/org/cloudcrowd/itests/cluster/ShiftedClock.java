package org.cloudcrowd.itests.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * A clock that is some time off, and that can be set while processes look at it: libfaketime, over
 * the real clock alone. Time that is measured rather than told, as by {@code System.nanoTime}, goes
 * on as it does.
 */
final class ShiftedClock {
  private final Path file;

  /**
   * Lets the containers that are started from now on believe this clock.
   *
   * @param name of its own in this test
   */
  ShiftedClock(Crowd crowd, String name, Duration offset) throws IOException {
    file = crowd.folder().resolve(name + ".clock");
    set(offset);
    crowd.environment("LD_PRELOAD", library());
    crowd.environment("FAKETIME_TIMESTAMP_FILE", file.toString());
    crowd.environment("FAKETIME_CACHE_DURATION", "1");
    crowd.environment("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    // Its own way to wait keeps a JVM busy for minutes (libfaketime 0.9.10).
    crowd.environment("FAKETIME_FORCE_MONOTONIC_FIX", "0");
  }

  /** Which library the program {@code faketime} would load. */
  private static String library() throws IOException {
    var process =
        new ProcessBuilder("faketime", "-m", "-f", "+0", "printenv", "LD_PRELOAD")
            .redirectErrorStream(true)
            .start();
    try (var out = process.inputReader(StandardCharsets.UTF_8)) {
      return out.readLine();
    }
  }

  /** Sets the clock; processes see it within a second. */
  void set(Duration offset) throws IOException {
    Files.writeString(file, String.format(Locale.ROOT, "%+d%n", offset.toSeconds()));
  }
}
