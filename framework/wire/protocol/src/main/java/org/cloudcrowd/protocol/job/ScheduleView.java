package org.cloudcrowd.protocol.job;

/**
 * A schedule, as clients see it.
 *
 * @param name its name
 * @param cron when the job is submitted, as cron has it
 * @param timeZone the time zone of the expression
 * @param paused whether it is not run until it is resumed
 * @param nextAt when it is run next, in ISO 8601, UTC; null where it is paused
 * @param lastAt when it was due last, or null
 * @param lastJobId the job of that time, or null where none could be made
 * @param problem why not, or null
 * @param job the job that is submitted each time
 */
public record ScheduleView(
    String name,
    String cron,
    String timeZone,
    boolean paused,
    String nextAt,
    String lastAt,
    Long lastJobId,
    String problem,
    JobRequest job) {}
