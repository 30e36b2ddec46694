package org.cloudcrowd.configuration;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Values of the command line that override those of {@code etc/}.
 *
 * <p>The launcher passes them as one framework property, a line {@code PID/KEY=VALUE} for each.
 */
final class Overrides {
  static final String PROPERTY = "org.cloudcrowd.overrides";

  private final Map<String, Map<String, String>> byPid = new HashMap<>();

  Overrides(String lines) {
    Objects.requireNonNullElse(lines, "").lines().forEach(this::add);
  }

  private void add(String line) {
    int slash = line.indexOf('/');
    int equals = line.indexOf('=', slash);
    if (slash < 0 || equals < 0) {
      throw new IllegalArgumentException("'" + line + "' is no override PID/KEY=VALUE");
    }
    byPid
        .computeIfAbsent(line.substring(0, slash), pid -> new HashMap<>())
        .put(line.substring(slash + 1, equals), line.substring(equals + 1));
  }

  /** The keys and values that are set for a PID, or for an instance {@code PID~NAME}. */
  Map<String, String> of(String pid) {
    return byPid.getOrDefault(pid, Map.of());
  }
}
