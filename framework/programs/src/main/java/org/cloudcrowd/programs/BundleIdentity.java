package org.cloudcrowd.programs;

import org.osgi.framework.Version;

/**
 * What a framework knows a bundle by: no two have the same.
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
