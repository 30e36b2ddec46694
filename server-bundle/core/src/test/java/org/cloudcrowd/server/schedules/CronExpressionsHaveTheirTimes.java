package org.cloudcrowd.server.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.cloudcrowd.server.InvalidRequestException;
import org.junit.jupiter.api.Test;

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
    // This night has no half past two.
    assertThat(next("30 2 * * *", "Europe/Berlin")).isEqualTo("2026-03-30T00:30:00Z");
  }

  @Test
  void whatNeverComesHasNoTime() throws Exception {
    assertThat(CronTimes.read("0 0 31 2 *", "UTC").after(FROM)).isNull();
  }

  @Test
  void whatIsNoneIsNamed() {
    assertRefused("61 * * * *", "UTC", "Value 61 not in range [0, 59]");
    assertRefused("* * * *", "UTC", "contains 4 parts");
    assertRefused("0 0 0 * * *", "UTC", "contains 6 parts");
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
