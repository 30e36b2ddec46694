package org.cloudcrowd.store.job;

import java.time.Instant;
import java.util.Map;
import org.osgi.framework.VersionRange;

/**
 * A job as it was when it was read.
 *
 * @param id from 1, in the order of submission
 * @param action the name of its action
 * @param versionRange which versions of the action may run it, or null for any
 * @param progress its state and counters
 * @param options a JSON object
 * @param email as submitted, or null
 * @param callback whom to tell when it is complete, or null for nobody
 * @param prerequisites what it waited for, or waits for
 * @param labels names and values that its client gave it
 * @param correlationId by what it is found in logs
 * @param message why it was cancelled, where nobody asked for it; or null
 * @param createdAt when it was submitted
 * @param finishedAt when it was complete, or null
 */
public record Job(
    long id,
    String action,
    VersionRange versionRange,
    JobProgress progress,
    String options,
    String email,
    CallbackAddress callback,
    Prerequisites prerequisites,
    Map<String, String> labels,
    String correlationId,
    String message,
    Instant createdAt,
    Instant finishedAt) {}
