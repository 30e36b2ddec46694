package org.cloudcrowd.store.jpa.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import org.cloudcrowd.store.ScheduleStore.Schedule;

/** A schedule of jobs. */
@Entity(name = "Schedule")
@Table(name = "schedules")
@NamedQuery(name = ScheduleEntity.ALL, query = "select s from Schedule s order by s.name")
// Down schedules_by_time.
@NamedQuery(
    name = ScheduleEntity.DUE,
    query = "select s from Schedule s where s.nextAt <= :now order by s.nextAt, s.name")
public class ScheduleEntity {
  public static final String ALL = "Schedule.all";
  public static final String DUE = "Schedule.due";

  @Id private String name;
  private String cron;

  @Column(name = "time_zone")
  private String zone;

  @Lob
  @Column(name = "job_json")
  private String job;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "created_at")
  private Instant createdAt;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "next_at")
  private Instant nextAt;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "last_at")
  private Instant lastAt;

  @Column(name = "last_job_id")
  private Long lastJobId;

  private String problem;

  protected ScheduleEntity() {}

  public ScheduleEntity(Schedule schedule) {
    name = schedule.name();
    cron = schedule.cron();
    zone = schedule.zone();
    job = schedule.job();
    createdAt = schedule.createdAt();
    nextAt = schedule.nextAt();
  }

  public void runAt(Instant next) {
    nextAt = next;
  }

  /** Whether it is unchanged since it was read. */
  public boolean isStill(Schedule read) {
    return createdAt.equals(read.createdAt()) && Objects.equals(nextAt, read.nextAt());
  }

  public void ran(Instant next, Long jobId, String why) {
    lastAt = nextAt;
    nextAt = next;
    lastJobId = jobId;
    problem = StorableText.message(why);
  }

  public Schedule toSchedule() {
    return new Schedule(name, cron, zone, job, createdAt, nextAt, lastAt, lastJobId, problem);
  }
}
