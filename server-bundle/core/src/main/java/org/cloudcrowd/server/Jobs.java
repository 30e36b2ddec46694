package org.cloudcrowd.server;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.cloudcrowd.protocol.job.JobList;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.UnitList;
import org.cloudcrowd.protocol.job.UnitView;
import org.cloudcrowd.protocol.ruby.RubyUnit;
import org.cloudcrowd.protocol.server.StatusView;
import org.osgi.annotation.versioning.ProviderType;

/** Submits, reads and changes jobs. May be used by any number of threads. */
@ProviderType
public interface Jobs {

  /**
   * Submits a job. When this returns, the job is stored durably.
   *
   * @param idempotencyKey a second submission with the same text finds the job of the first; or
   *     null
   * @return the job as it was stored
   * @throws InvalidRequestException if the request cannot become a job, or if the key belongs to
   *     another request; nothing was stored
   */
  JobView submit(JobRequest request, String idempotencyKey) throws InvalidRequestException;

  /**
   * Stores a job of a Ruby client as {@link #submit} does. Nodes of the original may run it, whose
   * actions have other options than ours of the same names, so options that the schema does not
   * know are accepted.
   *
   * @param unknown receives each of these
   * @return the job as it was stored, which counts the units that have not ended
   */
  JobView submitOfRuby(
      JobRequest request, String idempotencyKey, Consumer<InvalidRequestException.Fault> unknown)
      throws InvalidRequestException;

  /**
   * Checks a job without submitting it.
   *
   * @throws InvalidRequestException if the job cannot be submitted now
   */
  void check(JobRequest request) throws InvalidRequestException;

  /** A job with its outputs and failures, or null if there is none of this id. */
  JobView find(long jobId, FileLinks links);

  /**
   * A job that is read in two steps, so that a client that knows it already costs little; null if
   * there is none.
   */
  Found find(long jobId);

  /** Those of the jobs that exist, without their outputs and failures. */
  List<JobView> find(Collection<Long> jobIds);

  /**
   * A page of jobs, newest first, without their outputs and failures.
   *
   * @param limit how many at most, from 1 to {@value #MAX_LIMIT}
   * @param after the cursor that the page before ended with, or null for the newest jobs
   * @throws InvalidRequestException if the limit is out of range, or the cursor is invalid
   */
  JobList list(JobSelection wanted, int limit, String after) throws InvalidRequestException;

  /**
   * A page of a job's units, in the order of their ids.
   *
   * @param limit how many at most, from 1 to {@value #MAX_LIMIT}
   * @param after the cursor that the page before ended with, or null for the first units
   * @return the page, or null if there is no such job
   * @throws InvalidRequestException if the limit is out of range, or the cursor is invalid
   */
  UnitList units(long jobId, int limit, String after) throws InvalidRequestException;

  /** A unit with the history of its attempts, or null if there is none of this id. */
  UnitView unit(long unitId, FileLinks links);

  /** A unit as the original shows it, or null if there is none of this id. */
  RubyUnit rubyUnit(long unitId);

  /**
   * Cancels a job. Nodes kill its running units at their next heartbeat.
   *
   * @return the job, or null if there is none
   * @throws ConflictException if it is complete already
   */
  JobView cancel(long jobId) throws ConflictException;

  /**
   * Retries a job: queues its units that failed or were cancelled.
   *
   * @return the job, or null if there is none
   * @throws ConflictException if it has neither failed nor been cancelled
   */
  JobView retry(long jobId) throws ConflictException;

  /**
   * Deletes a job, its units and its files. Nodes kill its running units at their next heartbeat.
   *
   * @return whether there was such a job
   */
  boolean delete(long jobId);

  /** The cluster at a glance. */
  StatusView status();

  /** A job as it was when it was found. For one thread. */
  interface Found {
    /**
     * A tag that changes whenever {@link #view} of a complete job does, and costs much less; null
     * where the job is not complete.
     */
    String version();

    /**
     * The job with its outputs and failures, all as they are at one moment, which is now; null
     * where it was deleted meanwhile.
     */
    JobView view(FileLinks links);
  }

  /** The most jobs on a page. */
  int MAX_LIMIT = 1000;
}
