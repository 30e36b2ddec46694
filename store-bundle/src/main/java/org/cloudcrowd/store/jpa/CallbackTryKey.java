package org.cloudcrowd.store.jpa;

import java.io.Serializable;
import java.util.Objects;

/** A try's primary key, which JPA wants as a class with fields. */
public final class CallbackTryKey implements Serializable {
  private static final long serialVersionUID = 1L;

  private long jobId;
  private int message;
  private int number;

  public CallbackTryKey() {}

  @Override
  public boolean equals(Object other) {
    return other instanceof CallbackTryKey key
        && key.jobId == jobId
        && key.message == message
        && key.number == number;
  }

  @Override
  public int hashCode() {
    return Objects.hash(jobId, message, number);
  }
}
