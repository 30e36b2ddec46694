package org.cloudcrowd.server.schedules;

import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRulesException;
import org.cloudcrowd.server.InvalidRequestException;

/**
 * The times of a cron expression: the five fields of POSIX's crontab, and its usual nicknames.
 *
 * @param times the expression
 * @param zone whose clocks it means
 */
record CronTimes(ExecutionTime times, ZoneId zone) {
  static final int MAX_LENGTH = 255;

  private static final CronDefinition DEFINITION =
      CronDefinitionBuilder.defineCron()
          .withMinutes()
          .withStrictRange()
          .and()
          .withHours()
          .withStrictRange()
          .and()
          .withDayOfMonth()
          .withStrictRange()
          .and()
          .withMonth()
          .withStrictRange()
          .and()
          .withDayOfWeek()
          .withValidRange(0, 7)
          .withMondayDoWValue(1)
          .withIntMapping(7, 0)
          .withStrictRange()
          .and()
          .withSupportedNicknameHourly()
          .withSupportedNicknameDaily()
          .withSupportedNicknameMidnight()
          .withSupportedNicknameWeekly()
          .withSupportedNicknameMonthly()
          .withSupportedNicknameYearly()
          .withSupportedNicknameAnnually()
          .instance();

  static CronTimes read(String cron, String zone) throws InvalidRequestException {
    if (cron == null || cron.isBlank() || cron.length() > MAX_LENGTH) {
      throw new InvalidRequestException(
          "/cron",
          "cron must be an expression of 1 to "
              + MAX_LENGTH
              + " characters, as '0 3 * * MON-FRI' or '@daily'");
    }
    try {
      return new CronTimes(
          ExecutionTime.forCron(new CronParser(DEFINITION).parse(cron)), zone(zone));
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(
          "/cron",
          "'"
              + cron
              + "' is no cron expression of five fields (minute, hour, day of month, month, day of"
              + " week): "
              + e.getMessage());
    }
  }

  private static ZoneId zone(String name) throws InvalidRequestException {
    try {
      return ZoneId.of(name);
    } catch (ZoneRulesException e) {
      throw noZone(name);
    } catch (DateTimeException e) {
      throw noZone(name);
    }
  }

  private static InvalidRequestException noZone(String name) {
    return new InvalidRequestException(
        "/time_zone", "there is no time zone '" + name + "'; say one as Europe/Berlin or UTC");
  }

  /** The first time after another, or null where there is none. */
  Instant after(Instant time) {
    return times.nextExecution(time.atZone(zone)).map(next -> next.toInstant()).orElse(null);
  }
}
