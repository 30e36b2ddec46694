package org.cloudcrowd.cli.container;

import java.nio.file.Path;

/** The unpacked distribution that this command belongs to. */
final class Home {
  /** System property: its folder, which bin/crowd sets. */
  static final String PROPERTY = "org.cloudcrowd.home";

  private Home() {}

  static Path folder() {
    var home = System.getProperty(PROPERTY);
    if (home == null) {
      throw new IllegalStateException("start crowd by bin/crowd, which sets " + PROPERTY);
    }
    return Path.of(home).toAbsolutePath().normalize();
  }
}
