package org.cloudcrowd.server;

import org.cloudcrowd.protocol.server.JobList;
import org.cloudcrowd.protocol.server.JobRequest;
import org.cloudcrowd.protocol.server.JobView;
import org.cloudcrowd.protocol.server.Status;
import org.cloudcrowd.protocol.server.StatusView;
import org.cloudcrowd.protocol.server.UnitList;
import org.osgi.annotation.versioning.ProviderType;

/** Jobs, as clients know them. May be used by any number of threads. */
@ProviderType
public interface Jobs {

  /**
   * Stores a job and sets it going. When this returns, the job survives any crash.
   *
   * @return the job as it begins
   * @throws InvalidRequestException if the request cannot become a job; nothing was stored
   */
  JobView submit(JobRequest request) throws InvalidRequestException;

  /** A job with its outputs and failures, or null if there is none of this id. */
  JobView find(long jobId);

  /**
   * A page of jobs, newest first, without their outputs and failures.
   *
   * @param status only these, or null for any
   * @param action only those of this action, or null for any
   * @param limit how many at most, from 1 to {@value #MAX_LIMIT}
   * @param after the cursor that the page before ended with, or null for the newest jobs
   * @throws InvalidRequestException if the limit is out of range, or the cursor none of ours
   */
  JobList list(Status status, String action, int limit, String after)
      throws InvalidRequestException;

  /**
   * A page of a job's units, in the order of their ids.
   *
   * @param limit how many at most, from 1 to {@value #MAX_LIMIT}
   * @param after the cursor that the page before ended with, or null for the first units
   * @return the page, or null if there is no such job
   * @throws InvalidRequestException if the limit is out of range, or the cursor none of ours
   */
  UnitList units(long jobId, int limit, String after) throws InvalidRequestException;

  /**
   * Removes a job, its units and its files. Where units are running, their nodes end them.
   *
   * @return whether there was such a job
   */
  boolean delete(long jobId);

  /** The cluster at a glance. */
  StatusView status();

  /** The most jobs on a page. */
  int MAX_LIMIT = 1000;
}
