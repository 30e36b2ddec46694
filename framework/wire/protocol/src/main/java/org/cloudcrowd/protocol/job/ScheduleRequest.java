package org.cloudcrowd.protocol.job;

/**
 * The submission of a schedule.
 *
 * @param name its name: 1 to 100 letters, digits, underscores, dots and hyphens
 * @param cron when the job is submitted: five fields as cron has them (minute, hour, day of month,
 *     month, day of week), or one of {@code @hourly}, {@code @daily}, {@code @weekly}, {@code
 *     @monthly} and {@code @yearly}
 * @param timeZone the time zone of the expression, as {@code Europe/Berlin}; null is UTC. A time
 *     that these clocks skip in spring comes right after the jump
 * @param job the job that is submitted each time; it has a label {@code schedule} with the name as well
 */
public record ScheduleRequest(String name, String cron, String timeZone, JobRequest job) {}
