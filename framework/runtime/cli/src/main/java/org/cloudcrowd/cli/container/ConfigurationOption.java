package org.cloudcrowd.cli.container;

import java.nio.file.Path;

/** The option {@code --config}, which all commands have. */
public interface ConfigurationOption {
  /** The configuration folder that was given, or null. */
  Path configuration();
}
