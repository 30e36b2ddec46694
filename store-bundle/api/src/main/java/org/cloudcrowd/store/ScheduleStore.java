package org.cloudcrowd.store;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The schedules of jobs. Each operation is one transaction; any number of threads may call. */
@ProviderType
public interface ScheduleStore {

  /**
   * Adds a schedule.
   *
   * @return whether it was added: its name may be taken
   */
  boolean add(Schedule schedule);

  /** Every schedule, by name. */
  List<Schedule> all();

  /** A schedule, or null if there is none of this name. */
  Schedule find(String name);

  /**
   * Removes a schedule.
   *
   * @return whether there was one
   */
  boolean remove(String name);

  /**
   * Sets when a schedule is run next.
   *
   * @param nextAt the time, or null where it is paused
   * @return the schedule as it is then, or null if there is none of this name
   */
  Schedule change(String name, Instant nextAt);

  /** Those whose time has come, at most {@code limit}, those first that were due first. */
  List<Schedule> due(int limit);

  /**
   * Records that a schedule was run, unless another process has recorded the same, or somebody has
   * changed the schedule meanwhile.
   *
   * @param due the schedule as it was when it was due
   * @param nextAt when it is run next
   * @param jobId the job that was made, or null where none could be
   * @param problem why not, or null
   */
  void ran(Schedule due, Instant nextAt, Long jobId, String problem);

  /**
   * A schedule as it was when it was read.
   *
   * @param name its name
   * @param cron when it is run, as cron has it
   * @param zone whose clocks the expression means
   * @param job the job that is submitted each time, as JSON
   * @param createdAt when it was made
   * @param nextAt when it is run next, or null where it is paused
   * @param lastAt when it was due last, or null
   * @param lastJobId the job of that time, or null where none could be made
   * @param problem why not, or null
   */
  record Schedule(
      String name,
      String cron,
      String zone,
      String job,
      Instant createdAt,
      Instant nextAt,
      Instant lastAt,
      Long lastJobId,
      String problem) {}
}
