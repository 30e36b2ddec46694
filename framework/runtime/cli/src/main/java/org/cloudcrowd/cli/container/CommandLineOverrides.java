package org.cloudcrowd.cli.container;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The configuration of a command line that overrides {@code etc/}, checked as far as possible here.
 */
final class CommandLineOverrides {
  private static final int MAX_PORT = 65535;

  private final CommandLine command;
  private final String host;
  private final List<String> all = new ArrayList<>();

  /**
   * Of a command.
   *
   * @param host the address that every endpoint listens at, or null for the configured one
   */
  CommandLineOverrides(CommandLine command, String host) {
    this.command = command;
    this.host = host;
  }

  /** The overrides, each as {@code PID/KEY=VALUE}. */
  List<String> all() {
    return List.copyOf(all);
  }

  /**
   * Sets a key.
   *
   * @param value the value, or null to leave it as configured
   */
  void set(String pid, String key, Object value) {
    if (value == null) {
      return;
    }
    if (value.toString().contains("\n")) {
      throw new ParameterException(command, key + " must be one line");
    }
    all.add(pid + "/" + key + "=" + value);
  }

  /** Sets a key that is a port. */
  void setPort(String pid, String key, Integer port) {
    if (port != null && (port < 0 || port > MAX_PORT)) {
      throw new ParameterException(command, "port " + port + " is not within 0 to " + MAX_PORT);
    }
    set(pid, key, port);
  }

  /** Sets where an endpoint listens. */
  void setEndpoint(String name, Integer port) {
    var pid = "org.cloudcrowd.endpoint~" + name;
    setPort(pid, "port", port);
    set(pid, "host", host);
  }
}
