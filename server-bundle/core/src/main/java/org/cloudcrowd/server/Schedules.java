package org.cloudcrowd.server;

import java.util.List;
import org.cloudcrowd.protocol.server.JobView;
import org.cloudcrowd.protocol.server.ScheduleRequest;
import org.cloudcrowd.protocol.server.ScheduleView;
import org.osgi.annotation.versioning.ProviderType;

/** Jobs that are posted again and again. May be used by any number of threads. */
@ProviderType
public interface Schedules {

  /**
   * Adds a schedule.
   *
   * @throws InvalidRequestException if it, or its job, is not as it should be
   * @throws ConflictException if there is one of this name
   */
  ScheduleView add(ScheduleRequest request) throws InvalidRequestException, ConflictException;

  /** Every schedule, by name. */
  List<ScheduleView> all();

  /** A schedule, or null if there is none of this name. */
  ScheduleView find(String name);

  /** Runs a schedule no more until it is resumed; null if there is none of this name. */
  ScheduleView pause(String name);

  /** Runs a schedule again from now on; null if there is none of this name. */
  ScheduleView resume(String name);

  /**
   * Posts a schedule's job now, besides what the schedule does.
   *
   * @return the job, or null if there is no schedule of this name
   * @throws InvalidRequestException if the job can be posted no more
   */
  JobView run(String name) throws InvalidRequestException;

  /**
   * Removes a schedule; its jobs stay.
   *
   * @return whether there was one
   */
  boolean remove(String name);
}
