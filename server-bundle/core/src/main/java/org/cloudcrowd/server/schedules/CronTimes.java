package org.cloudcrowd.server.schedules;

import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRulesException;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.config.Texts;

/**
 * The times of a cron expression: the five fields of POSIX's crontab, and its usual nicknames.
 *
 * @param times the expression
 * @param zone whose clocks it means
 * @param byTheClock whether it has a star for its minute or hour, and so comes whenever the clock
 *     shows it
 */
record CronTimes(ExecutionTime times, ZoneId zone, boolean byTheClock) {
  static final int MAX_LENGTH = 255;

  private static final int FIELDS = 5;

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
    Texts.check("/cron", cron, MAX_LENGTH);
    try {
      return new CronTimes(
          ExecutionTime.forCron(new CronParser(DEFINITION).parse(cron)),
          zone(zone),
          isByTheClock(cron.strip()));
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(
          "/cron",
          "'"
              + cron
              + "' is no cron expression of five fields (minute, hour, day of month, month, day of"
              + " week): "
              + reason(cron, e));
    }
  }

  private static String reason(String cron, IllegalArgumentException fault) {
    int fields = cron.strip().split("\\s+").length;
    return fields == FIELDS
        ? String.valueOf(fault.getMessage()).replace("Failed to parse cron expression. ", "")
        : "it has " + fields;
  }

  private static boolean isByTheClock(String cron) {
    var fields = cron.split("\\s+", -1);
    return cron.startsWith("@")
        ? cron.equals("@hourly")
        : fields[0].startsWith("*") || (fields.length > 1 && fields[1].startsWith("*"));
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

  /**
   * The first time after another, or null where there is none.
   *
   * <p>As Debian's cron has it (cron(8)): where clocks are set forward, what would have come in the
   * hour that is left out comes right after it; where they are set back, nothing comes twice. What
   * has a star for its minute or hour comes by the clock, which shows some times never and some
   * twice.
   */
  Instant after(Instant time) {
    var rules = zone.getRules();
    var cursor = time;
    var offset = rules.getOffset(time);
    var from = LocalDateTime.ofInstant(time, offset);
    while (true) {
      var next = next(from);
      if (next == null) {
        return null;
      }
      var change = rules.nextTransition(cursor);
      if (change == null || next.toInstant(offset).isBefore(change.getInstant())) {
        if (byTheClock || !isSecondPass(next, offset)) {
          return next.toInstant(offset);
        }
        from = next;
      } else if (!byTheClock && isLeftOut(change)) {
        return change.getInstant();
      } else {
        cursor = change.getInstant();
        offset = change.getOffsetAfter();
        from = change.getDateTimeAfter().minusSeconds(1);
      }
    }
  }

  /** The next time by the expression alone, without changes of the clock. */
  private LocalDateTime next(LocalDateTime time) {
    return times
        .nextExecution(time.atZone(ZoneOffset.UTC))
        .map(ZonedDateTime::toLocalDateTime)
        .orElse(null);
  }

  private boolean isSecondPass(LocalDateTime time, ZoneOffset offset) {
    var change = zone.getRules().getTransition(time);
    return change != null && change.isOverlap() && offset.equals(change.getOffsetAfter());
  }

  /** Whether something would have come in the time that a change of the clock leaves out. */
  private boolean isLeftOut(ZoneOffsetTransition change) {
    if (!change.isGap()) {
      return false;
    }
    var next = next(change.getDateTimeBefore().minusSeconds(1));
    return next != null && next.isBefore(change.getDateTimeAfter());
  }
}
