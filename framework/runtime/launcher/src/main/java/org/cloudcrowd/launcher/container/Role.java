package org.cloudcrowd.launcher.container;

import java.util.List;
import java.util.Locale;

/**
 * The role of a container: the folders of {@code bundles/} that it starts, in this order, each at a
 * start level of its own.
 */
public enum Role {
  /** A server alone. */
  SERVER,
  /** A node alone. */
  NODE,
  /** A server and a node in one container. */
  UP,
  /** A worker process. */
  WORKER;

  /** Its name in the names of folders. */
  String folderName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The folders of bundles, in the order of their start. */
  public List<String> folders() {
    return switch (this) {
      case SERVER ->
          List.of(
              "logging",
              "core",
              "container",
              "web",
              "jaxrs",
              "store",
              "server",
              "deployment",
              "terminal");
      case NODE -> List.of("logging", "core", "container", "web", "node", "deployment", "terminal");
      case UP ->
          List.of(
              "logging",
              "core",
              "container",
              "web",
              "jaxrs",
              "store",
              "server",
              "node",
              "deployment",
              "terminal");
      case WORKER -> List.of("core", "worker");
    };
  }

  /** The names of the endpoints that it opens; others that are configured stay closed. */
  public List<String> endpoints() {
    return switch (this) {
      case SERVER -> List.of("server");
      case NODE -> List.of("node");
      case UP -> List.of("server", "node");
      case WORKER -> List.of();
    };
  }

  /** The ids of the conditions that report that it can be used; the first one has the URL. */
  public List<String> conditions() {
    return switch (this) {
      case SERVER -> List.of("org.cloudcrowd.server");
      case NODE -> List.of("org.cloudcrowd.node");
      case UP -> List.of("org.cloudcrowd.server", "org.cloudcrowd.node");
      case WORKER -> List.of();
    };
  }
}
