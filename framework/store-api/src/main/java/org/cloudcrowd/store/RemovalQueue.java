package org.cloudcrowd.store;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Deleted jobs whose files are still to be removed. A job enters it in the transaction that deletes
 * it, and stays until its files are gone, whatever happens in between. May be used by any number of
 * threads.
 */
@ProviderType
public interface RemovalQueue {

  /** The jobs whose files are to be removed now, the oldest first, at most {@code limit}. */
  List<Removal> due(int limit);

  /** The files of a job are gone, and nothing writes any more of them. */
  void done(long jobId);

  /**
   * A deleted job.
   *
   * @param jobId its id
   * @param action the name of its action
   */
  record Removal(long jobId, String action) {}
}
