package org.cloudcrowd.store;

import java.time.Instant;
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
    Instant createdAt,
    Instant finishedAt) {}
