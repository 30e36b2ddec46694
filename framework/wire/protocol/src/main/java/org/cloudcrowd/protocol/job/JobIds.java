package org.cloudcrowd.protocol.job;

import java.util.List;

/**
 * The jobs that are changed together.
 *
 * @param ids their ids, from one to {@value #MAX}
 */
public record JobIds(List<Long> ids) {
  /** How many there are at most. */
  public static final int MAX = 1000;
}
