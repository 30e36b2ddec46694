package org.cloudcrowd.store.jpa;

import java.io.Serializable;
import java.util.Objects;

/** The primary key of a version range, which JPA wants as a class with fields. */
public final class VersionRangeKey implements Serializable {
  private static final long serialVersionUID = 1L;

  private String action;
  private String versionRange;

  public VersionRangeKey() {}

  VersionRangeKey(String action, String versionRange) {
    this.action = action;
    this.versionRange = versionRange;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VersionRangeKey key
        && Objects.equals(key.action, action)
        && Objects.equals(key.versionRange, versionRange);
  }

  @Override
  public int hashCode() {
    return Objects.hash(action, versionRange);
  }
}
