package org.cloudcrowd.server.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.store.WorkQueries;
import org.cloudcrowd.store.job.Prerequisites;

/** Checks what a job waits for: a time within the next ten years, and jobs that exist. */
final class PrerequisitesCheck {
  private static final Duration LONGEST = Duration.ofDays(3660);

  private final WorkQueries queries;

  PrerequisitesCheck(WorkQueries queries) {
    this.queries = queries;
  }

  Prerequisites check(JobRequest request) throws InvalidRequestException {
    var notBefore = time(request.notBefore());
    return new Prerequisites(notBefore, jobs(request.after()));
  }

  private static Instant time(String text) throws InvalidRequestException {
    if (text == null) {
      return null;
    }
    try {
      var time = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
      if (time.isBefore(Instant.EPOCH)) {
        throw new InvalidRequestException("/not_before", "not_before must be after 1970");
      }
      if (time.isAfter(Instant.now().plus(LONGEST))) {
        throw new InvalidRequestException(
            "/not_before", "not_before must be within " + LONGEST.toDays() + " days from now");
      }
      return time;
    } catch (DateTimeParseException e) {
      throw new InvalidRequestException(
          "/not_before",
          "not_before must be a time with its offset, as in 2027-01-31T06:00:00Z or"
              + " 2027-01-31T07:00:00+01:00");
    }
  }

  private List<Long> jobs(List<Long> ids) throws InvalidRequestException {
    if (ids == null) {
      return List.of();
    }
    if (ids.isEmpty() || ids.size() > JobRequest.MAX_AFTER) {
      throw new InvalidRequestException(
          "/after", "after must have 1 to " + JobRequest.MAX_AFTER + " ids of jobs");
    }
    var known = queries.known(ids);
    var seen = new HashSet<Long>();
    for (int i = 0; i < ids.size(); i++) {
      var id = ids.get(i);
      if (!known.contains(id)) {
        throw new InvalidRequestException("/after/" + i, "there is no job " + id + " to wait for");
      }
      if (!seen.add(id)) {
        throw new InvalidRequestException("/after/" + i, "job " + id + " is named twice");
      }
    }
    return ids;
  }
}
