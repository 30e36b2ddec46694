package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.cloudcrowd.store.ScheduleStore.Schedule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OnEveryDatabase
class SchedulesAreKept {
  private static final Duration HOUR = Duration.ofHours(1);

  @Parameter TestDatabase database;
  private StoreFixture fixture;
  private Schedule schedule;

  @BeforeEach
  void open() throws Exception {
    fixture = new StoreFixture(database.shared());
    schedule =
        new Schedule(
            fixture.action,
            "@hourly",
            "UTC",
            "{\"action\":\"a\"}",
            fixture.now,
            fixture.now.plus(HOUR),
            null,
            null,
            null);
    assertThat(fixture.schedules.add(schedule)).isTrue();
  }

  @AfterEach
  void remove() {
    fixture.schedules.remove(schedule.name());
  }

  private Schedule now() {
    return fixture.schedules.find(schedule.name());
  }

  @Test
  void aScheduleIsReadAsItWasMade() {
    assertThat(now()).isEqualTo(schedule);
    assertThat(fixture.schedules.all()).contains(schedule);
    assertThat(fixture.schedules.add(schedule)).isFalse();
    assertThat(fixture.schedules.remove(schedule.name())).isTrue();
    assertThat(fixture.schedules.remove(schedule.name())).isFalse();
    assertThat(now()).isNull();
    assertThat(fixture.schedules.change(schedule.name(), fixture.now)).isNull();
  }

  @Test
  void itIsDueWhenItsTimeHasComeAndRecordedOnce() {
    assertThat(fixture.schedules.due(100)).doesNotContain(schedule);
    fixture.now = fixture.now.plus(HOUR);
    assertThat(fixture.schedules.due(100)).contains(schedule);
    var next = fixture.now.plus(HOUR);

    fixture.schedules.ran(schedule, next, 7L, null);
    fixture.schedules.ran(schedule, next.plus(HOUR), 8L, "by another server");

    assertThat(now().nextAt()).isEqualTo(next);
    assertThat(now().lastAt()).isEqualTo(schedule.nextAt());
    assertThat(now().lastJobId()).isEqualTo(7);
    assertThat(now().problem()).isNull();
    assertThat(fixture.schedules.due(100)).isEmpty();
  }

  @Test
  void whatIsPausedMeanwhileStaysSo() {
    fixture.now = fixture.now.plus(HOUR);
    fixture.schedules.change(schedule.name(), null);
    assertThat(fixture.schedules.due(100)).isEmpty();

    fixture.schedules.ran(schedule, fixture.now.plus(HOUR), 7L, null);

    assertThat(now().nextAt()).isNull();
    assertThat(fixture.schedules.change(schedule.name(), fixture.now).nextAt())
        .isEqualTo(fixture.now);
    assertThat(fixture.schedules.due(100)).hasSize(1);
  }
}
