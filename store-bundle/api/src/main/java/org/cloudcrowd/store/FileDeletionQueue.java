package org.cloudcrowd.store;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The files that are still to be deleted: of deleted jobs, and of attempts whose result was not
 * accepted. They enter the queue in the transaction that deletes the job or ends the attempt, and
 * stay in it until they are deleted, whatever process ends in between. May be used by any number of
 * threads.
 */
@ProviderType
public interface FileDeletionQueue {

  /** The deletions that are due, the oldest first, at most {@code limit}. */
  List<FileDeletion> due(int limit);

  /**
   * Records that the files were deleted. They are due once more at the end of the grace period,
   * unless that is over.
   */
  void done(FileDeletion deletion);

  /**
   * Files to delete.
   *
   * @param jobId the id of their job
   * @param action the name of its action
   * @param unitId the unit whose attempt made them, or 0 for all files of the job
   * @param attempt the attempt that made them, or 0 for all files of the job
   */
  record FileDeletion(long jobId, String action, long unitId, int attempt) {

    /** Whether these are all files of the job. */
    public boolean isOfWholeJob() {
      return unitId == 0;
    }
  }
}
