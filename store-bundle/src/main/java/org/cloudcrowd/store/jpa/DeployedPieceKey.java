package org.cloudcrowd.store.jpa;

import java.io.Serializable;
import java.util.Objects;

/** The primary key of a piece of a bundle, which JPA wants as a class with fields. */
public final class DeployedPieceKey implements Serializable {
  private static final long serialVersionUID = 1L;

  private String sha256;
  private int number;

  public DeployedPieceKey() {}

  DeployedPieceKey(String sha256, int number) {
    this.sha256 = sha256;
    this.number = number;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeployedPieceKey key
        && Objects.equals(key.sha256, sha256)
        && key.number == number;
  }

  @Override
  public int hashCode() {
    return Objects.hash(sha256, number);
  }
}
