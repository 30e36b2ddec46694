package org.cloudcrowd.server;

import java.io.IOException;
import org.cloudcrowd.protocol.server.CleanupView;
import org.cloudcrowd.protocol.server.OrphanList;
import org.osgi.annotation.versioning.ProviderType;

/** Deletes old jobs, and files without a job. May be used by any number of threads. */
@ProviderType
public interface Cleanups {
  /** How many jobs one call deletes. */
  int BATCH = 200;

  /**
   * Deletes jobs that have been complete for longer than some days, with their files, at most
   * {@value #BATCH}.
   *
   * @throws InvalidRequestException if the number of days is out of its range
   */
  CleanupView deleteJobs(double days) throws InvalidRequestException;

  /**
   * Finds the files of jobs that do not exist.
   *
   * @param remove whether they are deleted
   * @throws IOException if they cannot be listed or deleted
   */
  OrphanList orphans(boolean remove) throws IOException;
}
