package org.cloudcrowd.store.unit;

import java.time.Duration;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.protocol.unit.Stage;
import org.osgi.framework.VersionRange;

/**
 * A unit that was claimed.
 *
 * @param lease its lease
 * @param jobId its job
 * @param action the action that runs it
 * @param versionRange which versions of the action may run it, or null for any
 * @param isIsolated whether nodes were lost with it so often that it fails with the next; a node
 *     should hold no other like it
 * @param stage the stage to run
 * @param input a JSON value
 * @param options the job's options, a JSON object
 * @param correlationId by what its job is found in logs
 * @param timeout how long the attempt may take, or null for as long as it wants
 */
public record ClaimedUnit(
    Lease lease,
    long jobId,
    String action,
    VersionRange versionRange,
    boolean isIsolated,
    Stage stage,
    String input,
    String options,
    String correlationId,
    Duration timeout) {}
