package org.cloudcrowd.server;

import java.util.Map;
import org.cloudcrowd.protocol.job.Status;

/**
 * Which jobs are listed.
 *
 * @param status only these, or null for any
 * @param action only those of this action, or null for any
 * @param labels only those that have all of these labels
 */
public record JobSelection(Status status, String action, Map<String, String> labels) {
  /** All jobs. */
  public static final JobSelection ALL = new JobSelection(null, null, Map.of());
}
