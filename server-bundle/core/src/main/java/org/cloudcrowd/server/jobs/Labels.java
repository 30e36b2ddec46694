package org.cloudcrowd.server.jobs;

import java.util.Map;
import java.util.regex.Pattern;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.config.Texts;

/** The labels that a job may have. */
final class Labels {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");
  private static final int MAX_VALUE = 255;

  private Labels() {}

  static Map<String, String> check(Map<String, String> labels) throws InvalidRequestException {
    if (labels == null) {
      return Map.of();
    }
    // The label of a schedule is added to those of its job.
    int own = labels.size() - (labels.containsKey(JobRequest.SCHEDULE_LABEL) ? 1 : 0);
    if (own > JobRequest.MAX_LABELS) {
      throw new InvalidRequestException(
          "/labels", "a job may have " + JobRequest.MAX_LABELS + " labels");
    }
    for (var label : labels.entrySet()) {
      if (!NAME.matcher(label.getKey()).matches()) {
        throw new InvalidRequestException(
            "/labels",
            "the name of a label has 1 to 100 letters, digits, underscores, dots and hyphens");
      }
      if (label.getValue().length() > MAX_VALUE) {
        throw new InvalidRequestException(
            "/labels/" + label.getKey(),
            "the value of a label may have " + MAX_VALUE + " characters at most");
      }
      Texts.check("/labels/" + label.getKey(), label.getValue(), MAX_VALUE);
    }
    return labels;
  }
}
