package org.cloudcrowd.store.job;

import java.util.List;
import java.util.Map;
import org.osgi.framework.VersionRange;

/**
 * A job to be stored.
 *
 * @param action the name of its action
 * @param versionRange which versions of the action may run it, or null for any
 * @param splits whether the action has a split stage
 * @param merges whether the action has a merge stage
 * @param inputs JSON values, each of which becomes a unit; none where the job takes the outputs of
 *     those that it waits for
 * @param options a JSON object
 * @param email kept as it is, or null
 * @param callback whom to tell when it is complete, or null for nobody
 * @param prerequisites what it waits for
 * @param labels names and values to find it by
 * @param correlationId by what it is found in logs
 * @param rules how its units are treated
 * @param idempotencyKey makes a second submission find this job, or null
 */
public record NewJob(
    String action,
    VersionRange versionRange,
    boolean splits,
    boolean merges,
    List<String> inputs,
    String options,
    String email,
    CallbackAddress callback,
    Prerequisites prerequisites,
    Map<String, String> labels,
    String correlationId,
    JobRules rules,
    IdempotencyKey idempotencyKey) {}
