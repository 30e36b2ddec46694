package org.cloudcrowd.protocol.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A job, as clients see it.
 *
 * @param id from 1
 * @param action the name of its action
 * @param version which versions of the action may run it, an OSGi version range, or null for any
 * @param color six hex digits that stay the same for an id
 * @param status where the job is
 * @param percentComplete 0 to 100; 99 while merging
 * @param workUnits how many units the job has now; in an answer to a Ruby client's form and in a
 *     callback in that form, how many of them have not ended, as in the original
 * @param workUnitsTotal how many units the job has now
 * @param submittedAt when it was submitted, in ISO 8601, UTC
 * @param timeTaken seconds since it was submitted, or until it was complete
 * @param outputs once complete: what its units returned, in the order of the inputs (the message
 *     where one failed), or the merge's output alone; null before
 * @param failures the units that failed after their last attempt, at most {@value #MAX_FAILURES} of
 *     them; null where there is none
 * @param email as submitted, or null
 * @param callbackUrl whom it tells, without credentials, or null
 * @param notBefore the time before which it does not begin, or null
 * @param after the jobs that must have succeeded before it begins, or null
 * @param labels as submitted, or null
 * @param correlationId by what it is found in logs
 * @param message why it was cancelled, where nobody asked for it; else null
 * @param begun whether any of its units was ever sent to a node; null where its server does not say
 */
public record JobView(
    long id,
    String action,
    String version,
    String color,
    Status status,
    int percentComplete,
    long workUnits,
    long workUnitsTotal,
    String submittedAt,
    double timeTaken,
    List<JsonNode> outputs,
    List<Failure> failures,
    String email,
    String callbackUrl,
    String notBefore,
    List<Long> after,
    Map<String, String> labels,
    String correlationId,
    String message,
    Boolean begun) {
  /** How many failures a job shows. */
  public static final int MAX_FAILURES = 100;

  /** The job as the original shows it, which counts the units that have not ended. */
  public JobView forRuby(long remaining) {
    return new JobView(
        id,
        action,
        version,
        color,
        status,
        percentComplete,
        remaining,
        workUnitsTotal,
        submittedAt,
        timeTaken,
        outputs,
        failures,
        email,
        callbackUrl,
        notBefore,
        after,
        labels,
        correlationId,
        message,
        begun);
  }

  /** For people: its status, or {@code queued} while its units wait for the first node. */
  public String word() {
    return status.word(!Boolean.FALSE.equals(begun));
  }

  /**
   * A unit that failed after its last attempt.
   *
   * @param workUnitId the unit
   * @param stage the stage it was in: {@code splitting}, {@code processing} or {@code merging}
   * @param input what it was given, cut to its first 200 characters
   * @param attempts how many attempts were made
   * @param message why the last one failed
   */
  public record Failure(
      long workUnitId, Status stage, String input, int attempts, String message) {}
}
