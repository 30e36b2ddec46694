package org.cloudcrowd.server.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.cloudcrowd.server.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of crontab's manual, and what people get wrong. */
class CronExpressionsHaveTheirTimes {
  /** A Saturday; in the night after it, Berlin's clocks go from 2 to 3. */
  private static final Instant FROM = Instant.parse("2026-03-28T11:30:00Z");

  private static String next(String cron, String zone) throws InvalidRequestException {
    return String.valueOf(CronTimes.read(cron, zone).after(FROM));
  }

  @Test
  void timesAreThoseOfCron() throws Exception {
    var expected =
        Map.of(
            "* * * * *", "2026-03-28T11:31:00Z",
            "*/20 * * * *", "2026-03-28T11:40:00Z",
            "5 0 * * *", "2026-03-29T00:05:00Z",
            "15 14 1 * *", "2026-04-01T14:15:00Z",
            "0 22 * * 1-5", "2026-03-30T22:00:00Z",
            "5 4 * * sun", "2026-03-29T04:05:00Z",
            "5 4 * * 7", "2026-03-29T04:05:00Z",
            "0 0 29 2 *", "2028-02-29T00:00:00Z",
            "@daily", "2026-03-29T00:00:00Z",
            "@hourly", "2026-03-28T12:00:00Z");
    for (var example : expected.entrySet()) {
      assertThat(next(example.getKey(), "UTC")).as(example.getKey()).isEqualTo(example.getValue());
    }
  }

  @Test
  void theyAreMeantByTheClocksOfAZone() throws Exception {
    assertThat(next("0 3 * * *", "Europe/Berlin")).isEqualTo("2026-03-29T01:00:00Z");
    assertThat(next("0 13 * * *", "Europe/Berlin")).isEqualTo("2026-03-28T12:00:00Z");
  }

  /** As Debian's cron does (cron(8)). */
  @ParameterizedTest
  @CsvSource({
    // This night has no half past two; what would come then comes right after the jump.
    "30 2 * * *, Europe/Berlin, 2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z",
    "30 2 * * *, Europe/Berlin, 2026-03-29T01:00:00Z, 2026-03-30T00:30:00Z",
    // Where clocks are set at midnight the day begins at one.
    "@daily, America/Santiago, 2026-09-05T12:00:00Z, 2026-09-06T04:00:00Z",
    "0 0 * * 0, America/Santiago, 2026-09-05T12:00:00Z, 2026-09-06T04:00:00Z",
    "0 0 * * FRI, Africa/Cairo, 2026-04-23T12:00:00Z, 2026-04-23T22:00:00Z",
    // The clock is set by half an hour.
    "15 2 * * *, Australia/Lord_Howe, 2026-10-03T12:00:00Z, 2026-10-03T15:30:00Z",
    "15 2 * * *, Australia/Lord_Howe, 2026-10-03T15:30:00Z, 2026-10-04T15:15:00Z",
    // What goes by the clock does not come at a time that it does not show.
    "*/10 2 * * *, Europe/Berlin, 2026-03-28T12:00:00Z, 2026-03-30T00:00:00Z",
    "0 * * * *, Europe/Berlin, 2026-03-29T00:30:00Z, 2026-03-29T01:00:00Z",
    // In autumn the night has half past two twice: the first counts.
    "30 2 * * *, Europe/Berlin, 2026-10-24T12:00:00Z, 2026-10-25T00:30:00Z",
    "30 2 * * *, Europe/Berlin, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z",
    "30 2 * * *, Europe/Berlin, 2026-10-25T00:45:00Z, 2026-10-26T01:30:00Z",
    "*/30 2 * * *, Europe/Berlin, 2026-10-25T00:30:00Z, 2026-10-25T01:00:00Z"
  })
  void whereClocksAreSet(String cron, String zone, Instant after, Instant next) throws Exception {
    assertThat(CronTimes.read(cron, zone).after(after)).isEqualTo(next);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "Europe/Berlin",
        "America/Santiago",
        "America/Havana",
        "Africa/Cairo",
        "Atlantic/Azores",
        "Australia/Lord_Howe",
        "Asia/Beirut",
        "America/New_York",
        "Pacific/Chatham"
      })
  void aTimeOfTheDayComesOnceADay(String zone) throws Exception {
    var from = LocalDate.of(2026, 1, 1);
    var to = LocalDate.of(2028, 1, 1);
    for (int hour = 0; hour < 4; hour++) {
      var times = CronTimes.read("30 " + hour + " * * *", zone);
      var end = to.atStartOfDay(ZoneId.of(zone)).toInstant();
      int count = 0;
      for (var time = times.after(from.atStartOfDay(ZoneId.of(zone)).toInstant().minusMillis(1));
          time.isBefore(end);
          time = times.after(time)) {
        count++;
      }
      assertThat(count).as("%s at %d", zone, hour).isEqualTo(ChronoUnit.DAYS.between(from, to));
    }
  }

  @Test
  void whatNeverComesHasNoTime() throws Exception {
    assertThat(CronTimes.read("0 0 31 2 *", "UTC").after(FROM)).isNull();
  }

  @Test
  void whatIsNoneIsNamed() {
    assertRefused("61 * * * *", "UTC", "Value 61 not in range [0, 59]");
    assertRefused("* * * *", "UTC", "it has 4");
    assertRefused("0 0 0 * * *", "UTC", "it has 6");
    assertRefused("tomorrow", "UTC", "five fields");
    assertRefused("@sometimes", "UTC", "five fields");
    assertRefused("", "UTC", "1 to 255 characters");
    assertRefused(null, "UTC", "'0 3 * * MON-FRI'");
    assertRefused("*".repeat(256), "UTC", "1 to 255 characters");
    assertRefused("@daily", "Berlin", "there is no time zone 'Berlin'");
  }

  private static void assertRefused(String cron, String zone, String message) {
    assertThatThrownBy(() -> CronTimes.read(cron, zone))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining(message);
  }
}
