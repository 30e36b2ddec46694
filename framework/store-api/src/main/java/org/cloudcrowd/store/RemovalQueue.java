package org.cloudcrowd.store;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Files that are still to be removed: of deleted jobs, and of attempts that do not count. They
 * enter it in the transaction that deletes the job or ends the attempt, and stay until they are
 * gone, whatever happens in between. May be used by any number of threads.
 */
@ProviderType
public interface RemovalQueue {

  /** What is to be removed now, the oldest first, at most {@code limit}. */
  List<Removal> due(int limit);

  /** These files are gone, and nothing writes any more of them. */
  void done(Removal removal);

  /**
   * Files to remove.
   *
   * @param jobId the id of their job
   * @param action the name of its action
   * @param unitId the unit whose attempt made them, or 0 for all files of the job
   * @param attempt the attempt that made them, or 0 for all files of the job
   */
  record Removal(long jobId, String action, long unitId, int attempt) {

    /** Whether these are all files of the job. */
    public boolean isOfWholeJob() {
      return unitId == 0;
    }
  }
}
