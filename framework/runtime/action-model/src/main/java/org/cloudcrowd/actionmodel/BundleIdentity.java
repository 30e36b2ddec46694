package org.cloudcrowd.actionmodel;

import org.osgi.framework.Version;

/**
 * The symbolic name and version of a bundle, which are unique in a framework.
 *
 * @param symbolicName its name
 * @param version its version
 */
public record BundleIdentity(String symbolicName, Version version) {
  @Override
  public String toString() {
    return symbolicName + " " + version;
  }
}
