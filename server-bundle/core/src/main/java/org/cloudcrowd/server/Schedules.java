package org.cloudcrowd.server;

import java.util.List;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.ScheduleRequest;
import org.cloudcrowd.protocol.job.ScheduleView;
import org.osgi.annotation.versioning.ProviderType;

/** Schedules of jobs. May be used by any number of threads. */
@ProviderType
public interface Schedules {

  /**
   * Adds a schedule.
   *
   * @throws InvalidRequestException if it, or its job, is invalid
   * @throws ConflictException if there is one of this name
   */
  ScheduleView add(ScheduleRequest request) throws InvalidRequestException, ConflictException;

  /** Every schedule, by name. */
  List<ScheduleView> all();

  /** A schedule, or null if there is none of this name. */
  ScheduleView find(String name);

  /** Pauses a schedule; null if there is none of this name. */
  ScheduleView pause(String name);

  /** Resumes a schedule; null if there is none of this name. */
  ScheduleView resume(String name);

  /**
   * Submits a schedule's job now, beside its times.
   *
   * @return the job, or null if there is no schedule of this name
   * @throws InvalidRequestException if the job cannot be submitted any more
   */
  JobView run(String name) throws InvalidRequestException;

  /**
   * Deletes a schedule; its jobs stay.
   *
   * @return whether there was one
   */
  boolean remove(String name);
}
