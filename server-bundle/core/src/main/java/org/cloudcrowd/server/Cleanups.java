package org.cloudcrowd.server;

import java.io.IOException;
import org.cloudcrowd.protocol.server.CleanupView;
import org.cloudcrowd.protocol.server.OrphanList;
import org.osgi.annotation.versioning.ProviderType;

/** Removes what is of no more use. May be used by any number of threads. */
@ProviderType
public interface Cleanups {
  /** How many jobs one call deletes. */
  int BATCH = 200;

  /**
   * Deletes jobs that have been complete for longer than some days, with their files, at most
   * {@value #BATCH}.
   *
   * @throws InvalidRequestException if that is no number of days
   */
  CleanupView deleteJobs(double days) throws InvalidRequestException;

  /**
   * Finds the files of jobs that are not there.
   *
   * @param remove whether they are removed
   * @throws IOException if they cannot be listed or removed
   */
  OrphanList orphans(boolean remove) throws IOException;
}
