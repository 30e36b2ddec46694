package org.cloudcrowd.server;

import org.cloudcrowd.protocol.job.CallbackView;
import org.osgi.annotation.versioning.ProviderType;

/** The callbacks of complete jobs. May be used by any number of threads. */
@ProviderType
public interface Callbacks {

  /** A job's callback, or null where there is no such job, or it has none yet. */
  CallbackView find(long jobId);

  /**
   * Queues the callback of a complete job again, whatever its state.
   *
   * @return the callback, or null if there is no such job
   * @throws ConflictException if the job is not complete, or has no {@code callback_url}
   */
  CallbackView sendAgain(long jobId) throws ConflictException;
}
