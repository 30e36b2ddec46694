package org.cloudcrowd.store.jpa;

import java.io.Serializable;
import java.util.Objects;

/** The primary key of an action's version, which JPA wants as a class with fields. */
public final class ActionVersionKey implements Serializable {
  private static final long serialVersionUID = 1L;

  private String action;
  private String version;

  public ActionVersionKey() {}

  ActionVersionKey(String action, String version) {
    this.action = action;
    this.version = version;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ActionVersionKey key
        && Objects.equals(key.action, action)
        && Objects.equals(key.version, version);
  }

  @Override
  public int hashCode() {
    return Objects.hash(action, version);
  }
}
